# A thin door to meson. Two commands matter: `make demo` and `make check`; both install what is missing.
BUILD ?= build
CHECKED ?= build-checked
CFLAGS_CHECKED = -Db_sanitize=address,undefined -Db_lundef=false -Dbuildtype=debugoptimized

PREFIX ?= /usr/local
DESTDIR ?=

.PHONY: all setup test check demo install fuzz bench clean
all: $(BUILD)/build.ninja
	@ninja -C $(BUILD) --quiet program

$(BUILD)/build.ninja:
	@tools/setup.sh --check
	@meson setup $(BUILD) >/dev/null

setup:
	@tools/setup.sh

test: all
	@tools/test.sh $(BUILD)

check: setup
	@test -f $(CHECKED)/build.ninja || meson setup $(CHECKED) $(CFLAGS_CHECKED) >/dev/null
	@ninja -C $(CHECKED) --quiet
	@tools/test.sh $(CHECKED)

demo:
	@tools/demo.sh $(BUILD)

# Into DESTDIR/PREFIX: program, library, header, pkg-config file, knowledge, weights, manual pages, completion.
install: $(BUILD)/build.ninja
	@meson configure $(BUILD) -Dprefix=$(PREFIX)
	@ninja -C $(BUILD) --quiet installed
	@DESTDIR=$(DESTDIR) meson install -C $(BUILD) --no-rebuild --quiet

# make fuzz TARGET=html TIME=300: needs clang; without TARGET it lists what there is.
fuzz:
	@tools/fuzz.sh $(TARGET) $(TIME)

clean:
	rm -rf $(BUILD) $(CHECKED)
