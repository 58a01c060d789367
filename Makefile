# A thin door to meson. Two commands matter: `make demo` and `make check`; both install what is missing.
BUILD ?= build
CHECKED ?= build-checked
CFLAGS_CHECKED = -Db_sanitize=address,undefined -Db_lundef=false -Dbuildtype=debugoptimized

PREFIX ?= /usr/local
DESTDIR ?=

.PHONY: all setup test check demo install branches fuzz torture races clean
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

# Which lines and branches of src/ the tests run through, room by room; make branches ROOM=ask lists the others.
branches:
	@tools/branches.sh $(ROOM)

# make fuzz TARGET=html TIME=300: needs clang; without TARGET it lists what there is.
fuzz:
	@tools/fuzz.sh $(TARGET) $(TIME)

# The tests of reliability in full (some ten minutes): 1,000 kills, 10,000 damaged inputs, hundreds of failing calls.
torture: all
	@ninja -C $(BUILD) --quiet tests/fail.so
	@python3 tests/reliability/kill.py $(BUILD) . 1000
	@python3 tests/reliability/mutate.py $(BUILD) . 10000
	@python3 tests/reliability/crowd.py $(BUILD) . 8
	@python3 tests/reliability/nth.py $(BUILD) . $(BUILD)/tests/fail.so 200
	@python3 tests/reliability/power.py $(BUILD) . $(BUILD)/tests/fail.so 500
	@python3 tests/reliability/disk.py $(BUILD) .

# Jobs under the thread sanitizer.
races:
	@test -f $(BUILD)-races/build.ninja || meson setup $(BUILD)-races -Db_sanitize=thread -Db_lundef=false -Dbuildtype=debugoptimized >/dev/null
	@ninja -C $(BUILD)-races --quiet program
	@tests/reliability/races.sh $(BUILD)-races .

clean:
	rm -rf $(BUILD) $(CHECKED) $(BUILD)-races build-branches
