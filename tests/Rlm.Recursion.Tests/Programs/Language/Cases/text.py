import re, json
print(re.findall(r"\d+", "a1b22c333"), re.findall(r"(\w)(\d)", "a1 b2"), re.findall(r"(a)|b", "ab"), re.findall(r"x*", "axb"), re.findall(r"", "ab"), re.findall(r"^\w+", "ab cd\nef", re.M), re.findall(r"\w+$", "ab\ncd\n"), re.findall(".", "a\nb", re.S))
m = re.search(r"(?P<key>\w+)=(?P<val>\d+)?", "  foo= bar=12"); print(m, m.group(), m.group(1), m["key"], m.groups(), m.groupdict(), m.span(), m.start("key"), m.end(1), m.group("val"), m.groups("none"), m.group(1, 2), m.span("val"))
print(re.match(r"b", "ab"), re.match(r"a", "ab"), re.fullmatch(r"a|ab", "ab"), re.search(r"\bfoo\b", "a foo b").span(), re.match(r"(a)?b", "b").groups(), bool(re.match("", "")))
print(re.sub(r"(\w+) (\w+)", r"\2 \1", "hello world"), re.sub("a", "b", "aaa", 2), re.sub(r"\d", lambda m: str(int(m.group()) * 2), "a1b2"), re.sub("x*", "-", "abxd"), re.subn("a", "", "banana"), re.sub(r"(?P<n>a)", r"[\g<n>\g<1>\g<0>]", "a"), re.sub("a", r"\n\\", "a"), re.sub(r"b*", "-", "abc"))
print(re.split(r"[,;]\s*", "a, b;c"), re.split(r"(,)", "a,b"), re.split(r"x*", "axbc"), re.split(",", "a,b,c", 1), re.split(r"\s+", " a b "), re.escape("a.b*c [x] é-_"))
p = re.compile(r"h(.)llo", re.I); print(p.findall("HELLO hxllo"), p.pattern, p.groups, p.sub("x", "Hallo"), [x.span() for x in p.finditer("hello hello")], p.search("  hello", 3), p.match("xhello", 1).span(), p)
print(re.findall(r"[^\W\d_]+", "ab1é_ñ"), re.findall(r"\s", "a\u00a0b\u200bc\x1c"), re.findall(r"[\w.]+@[\w.]+", "x y.z@q.com"), re.findall(r"(?i)abc", "ABC abc"), re.findall(r"a{2,3}", "aaaaa"), re.findall(r"a{2,3}?", "aaaaa"), re.findall(r"[]a]", "a]"), re.findall(r"[a\-z]", "a-z"), re.findall(r"\.", "a.b"), re.findall("a{,2}b", "aaab"), re.findall("{a}", "{a}"), re.findall("(?:ab)+", "ababx"), re.findall("(?x) a  b # comment", "ab"), re.findall(r"\Aa|b\Z", "ab"), re.findall("😀+|.", "a😀😀b"), re.search("b", "😀b").span(), re.findall("[😀-😅]", "x😃y"), re.findall("[^a]", "a😀"), re.sub(".", "-", "😀a"))
for bad in ["(", "[a", "a**", "*a", "a{3,2}", "\\", "(?P<1>a)", "(?P<a>x)(?P<a>y)", ")", "[z-a]", "\\q"]:
    try: re.compile(bad)
    except re.error as e: print(bad, "error")
print(json.dumps({"a": [1, 2.5, None, True, "é\n\"\\/\x00\x7f😀"], "b": {}, "c": []}), json.dumps([1, {"a": 2}], indent=2), json.dumps({"b": 1, "a": 2}, sort_keys=True), json.dumps("é", ensure_ascii=False), json.dumps([1, 2], separators=(",", ":")), json.dumps({1: 1, None: 2, True: 3, 1.5: 4}), json.dumps((1, 2)), json.dumps([]), json.dumps({}, indent=1), json.dumps([[]], indent=1), json.dumps(float("nan")), json.dumps(1e100), json.dumps("</script>"), json.dumps({"a": {"b": [1]}}, indent="\t"), sep="\n")
print(json.loads('{"a": [1, 2.5, null, true, "x\\u00e9\\ud83d\\ude00\\n"], "b": {}}'), json.loads("1"), json.loads(' "s" '), json.loads("-0.5e3"), json.loads("[]"), json.loads("12345678901234567890"), json.loads("NaN"), json.loads("1E5"), json.loads('{"a":1,"a":2}'))
for bad in ["", "{", "[1,]", "{'a':1}", '{"a" 1}', "nul", '"abc', "1 2", '{"a":1,}', "[1 2]", '"\x01"', "01", "-", "1.", '"\\x"', "[", "{\"a\":", "\n\n x"]:
    try: print(json.loads(bad))
    except json.JSONDecodeError as e: print(repr(bad), e)
    except ValueError as e: print("other", e)
try: json.dumps({1, 2})
except TypeError as e: print(e)
try: json.dumps({(1, 2): 1})
except TypeError as e: print(e)
cyc = []; cyc.append(cyc)
try: json.dumps(cyc)
except ValueError as e: print(e)
import string, textwrap
print(string.ascii_lowercase, string.digits, string.punctuation, textwrap.dedent("""
    a
      b
    c
    """), textwrap.indent("a\n\nb", "> "), string.capwords("a bc"))
print(re.findall(r"a?\sa", "abc aab 12 a1"), re.findall("a*?", "aa"), re.findall("|a", "aa"), re.findall(r"\b|\w+", "ab cd"), re.sub("a*?", "-", "baac"), [m.span() for m in re.finditer(r"^|\b|$", "ab\ncd", re.M)], re.split(r"\b", "ab cd"), re.findall(r"\B", ""), re.findall(r"(?:([^a])|\s\b)", "foo\nbar baz\n"), re.findall("ÉÀ|[à-ý]+", "éà ÉÀ", re.I))
