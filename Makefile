# A thin door to meson. Two commands matter: `make demo` and `make check`; both install what is missing.
BUILD ?= build
CHECKED ?= build-checked
CFLAGS_CHECKED = -Db_sanitize=address,undefined -Db_lundef=false -Dbuildtype=debugoptimized

.PHONY: all setup test check fuzz bench clean
all: $(BUILD)/build.ninja
	@meson compile -C $(BUILD) --ninja-args=--quiet entente:executable entente.kb | grep -v ^INFO || test $$? = 1

$(BUILD)/build.ninja:
	@tools/setup.sh --check
	@meson setup $(BUILD) >/dev/null

setup:
	@tools/setup.sh

test: all
	@tools/test.sh $(BUILD)

check: setup
	@test -f $(CHECKED)/build.ninja || meson setup $(CHECKED) $(CFLAGS_CHECKED) >/dev/null
	@meson compile -C $(CHECKED) --ninja-args=--quiet
	@tools/test.sh $(CHECKED)

clean:
	rm -rf $(BUILD) $(CHECKED)
