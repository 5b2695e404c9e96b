s = "Hello, World"
print(s.upper(), s.lower(), s.swapcase(), s.title(), "hello world".capitalize(), "they're bill's".title(), "ß".upper(), "ΑΣ".lower(), "İ".lower().encode if False else "")
print(s[0], s[-1], s[2:5], s[::-1], s[::2], s[-3:], s[:-3], s[10:2], s[5:100], s[-100:3], s[8:2:-2])
print(len("héllo"), len("😀a"), "😀ab"[0], "😀ab"[1], "a😀b"[::-1], "x😀y".find("y"), ord("😀"), chr(128512), "😀".center(5, "*"), list("a😀b"), "😀" < "\uffff")
print("a,b,,c".split(","), " a  b c ".split(), "a b c".split(" ", 1), "a,b,c".rsplit(",", 1), "abc".split("x"), "".split(), "".split(","), " a b ".split(None, 1), " a b c ".rsplit(None, 1))
print("a\nb\r\nc\rd\x0be".splitlines(), "a\n".splitlines(True), "\n".splitlines(), "k=v=w".partition("="), "k=v=w".rpartition("="), "kv".partition("="), "kv".rpartition("="))
print("-".join(["a", "b"]), "".join("xyz"), ",".join(str(i) for i in range(3)), "x".join([]))
print("aXbXc".replace("X", "-"), "aXbXc".replace("X", "-", 1), "abc".replace("", "."), "aaa".replace("aa", "b"), "abc".replace("", "-", 2))
print("abcabc".find("c"), "abcabc".rfind("c"), "abc".find("x"), "abcabc".find("c", 3), "abcabc".find("a", 1, 3), "abc".find(""), "abc".find("", 3), "abc".find("", 4), "abcabc".index("b"), "abc".count(""), "aaaa".count("aa"), "abcabc".count("b", 2))
print("  x ".strip() + "|", "xxaxx".strip("x"), "abcba".lstrip("ab"), "abcba".rstrip("ab"), "\t\n x\u3000".strip(), "prefix-x".removeprefix("prefix"), "x.py".removesuffix(".py"))
print("abc".startswith("ab"), "abc".endswith(("x", "c")), "abc".startswith("b", 1), "abc".startswith("", 3), "abc".startswith("", 4), "abc".endswith("b", 0, 2))
print("5".zfill(3), "-5".zfill(4), "+".zfill(3), "ab".ljust(5, ".") + "|", "ab".rjust(5), "ab".center(5) + "|", "abc".center(6, "*"), "abc".center(8, "*"), "ab".center(5, "*"), "a\tb".expandtabs(), "a\tb\tcd\te".expandtabs(4))
print("abc".isalpha(), "ab1".isalnum(), "12".isdigit(), "²".isdigit(), "²".isdecimal(), "½".isnumeric(), " ".isspace(), "".isspace(), "Abc".istitle(), "ABC1".isupper(), "abc1".islower(), "1".isupper(), "a_1".isidentifier(), "1a".isidentifier(), "abc".isascii(), "é".isascii(), "a\n".isprintable())
print(repr("it's"), repr('say "x"'), repr("both ' and \""), repr("tab\tnl\n\\ \x00 \x7f \xa0 é \u200b 😀 \ufeff"), ascii("é😀"), "a" "b" 'c', r"raw\n", "\x41\u0042\103\x44")
print("""triple
"quoted" line""", '''a'b''', "con\
tinued", "\q" if False else "")
print("a" < "b", "a" < "B", "" < "a", "abc" < "abd", "ab" in "cabd", "" in "a", "x" not in "abc", "abc" * 3, 3 * "ab", "a" * -1)
print("%s and %r" % ("x", "y"), "%d %5d|%-5d|%05d %+d" % (1, 2, 3, 4, 5), "%x %X %o %#x" % (255, 255, 8, 255), "%.2f %8.3f|%-8.2f| %e %g %G" % (3.14159, 2.5, 1.5, 12345.678, 1e-10, 1e20), "%%", "100%%" % (), "%c%c" % ("a", 98), "%5s|%-5s|%.2s" % ("a", "b", "xyz"), "%(k)s=%(v)d" % {"k": "a", "v": 1}, "%s" % [1, 2], "%s %s" % (1, (2,)), "%*d" % (5, 42))
print("{} {}".format(1, "a"), "{1} {0}".format("a", "b"), "{x}-{y!r}".format(x=1, y="z"), "{0[1]} {0[0]}".format(["a", "b"]), "{d[k]}".format(d={"k": "v"}), "{:>5}|{:<5}|{:^5}|{:*^7}".format("a", "b", "c", "d"), "{{}} {}".format(1), "{:{w}.{p}f}".format(3.14159, w=8, p=2), "{!s:>4}".format(1))
x, name, pi = 42, "bob", 3.14159265
print(f"{x} {name!r} {pi:.2f} {x:>6}|{x:<6}|{x:^6}|{x:06d} {x:+} {x:x} {x:#x} {x:b} {x:#o} {1234567:,} {1234567:_} {0.5:%} {0.256:.1%} {1e10:g} {123456789.0:e} {x!s:>5}")
print(f"{x=} {x + 1 = } {name=!s} {pi=:.3f} {'nested ' + f'{x}'} {{literal}} {x if x > 1 else 0} {[i for i in range(3)]} { {'a': 1}['a'] } {(lambda y: y * 2)(3)} {name:{'>'}{10}} {pi:{x // 7}.{2}f}")
print(f'''multi {
    x
} line''', f"{'a' 'b'}", f"a{'b'}c" "d" f"{1}", rf"\d{x}", f"{x!r:^10}|", f"{'é':>3}|{'😀':>3}|")
print(format(1234.5678, ".2f"), format(1234.5678, ",.1f"), format(-5, "05d"), format(5, "=+5d"), format("s", "*<3"), format(1e100, ""), format(0.1, ".20f"), format(2.5, ".0f"), format(3.5, ".0f"), format(0.125, ".2f"), format(1e-7, "f"), format(1e21, "f"), format(123.456, "g"), format(1e-5, "g"), format(1234567.0, "g"), format(100000.0, "g"), format(0.0, "g"), format(0.0, "e"), format(-0.0, "f"), format(float("inf"), "f"), format(float("nan"), "5f"), format(5, "c") == "\x05", format(65, "c"), format(True, "d"), format(True, ""), format(3, ".1f"), format(12345, "012,d"), format(-12345.678, "015,.2f"), format(255, "#06x"), format(255, "_b"), format(1.0, ""), format(1.5, "10"), format("abc", ".2"), format(10**20, ","), format(1e15, ""), format(1e16, ""), format(123456.789, ".3"), format(1.0, ".3"), format(1e10, ".3"), format(0.00001234, ".2"), format(42.0, "n") if False else "", sep=" ")
def attempt(function):
    try:
        return function()
    except Exception as error:
        return type(error).__name__ + ": " + str(error)
print(attempt(lambda: "abc"[5]), attempt(lambda: "abc"["x"]), attempt(lambda: "abc".index("z")), attempt(lambda: "a".join([1])), attempt(lambda: "a".split("")), attempt(lambda: "%d" % "x"), attempt(lambda: "%s" % (1, 2)), attempt(lambda: "%s %s" % 1), attempt(lambda: "{} {}".format(1)), attempt(lambda: "{x}".format()), attempt(lambda: f"{1:q}"), attempt(lambda: f"{'a':d}"), attempt(lambda: f"{[]:5}"), attempt(lambda: ord("ab")), attempt(lambda: chr(-1)), attempt(lambda: "a".foo), attempt(lambda: "a".center()), attempt(lambda: "x".replace("a")), attempt(lambda: 1 in "abc"), attempt(lambda: "{".format()), attempt(lambda: "}".format()), attempt(lambda: "{0} {}".format(1, 2)), attempt(lambda: "abc".startswith(1)), attempt(lambda: f"{1.5:d}"), attempt(lambda: "a" % 1), sep="\n")
print("abc".translate(str.maketrans("ab", "xy", "c")), "abc".translate({97: None, 98: "BB"}), str.maketrans({"a": 1}), str(1.0), str(None), str([1, "a"]), str.upper("x"), "x".casefold(), "Straße".casefold())
print(sorted(["b", "A", "a", "B", "😀", "\uffee"]), max("abc"), "".join(reversed("abc")), list(enumerate("ab", 1)), list(zip("ab", "cd")), tuple("ab"), set("a"), dict(["ab", "cd"]))
