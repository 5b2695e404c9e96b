a = [3, 1, 2]
a.append(4); a.extend([5, 6]); a.insert(0, 0); a.insert(-1, 9); a.insert(100, 7)
print(a, a.pop(), a.pop(0), a.pop(-2), a, a.index(2), a.count(1), len(a), 3 in a, a[1:3], a[::-1], a[-2:], a[::2])
a.sort(); print(a, sorted(a, reverse=True), a.reverse(), a, a.copy() == a, a.remove(4), a, a.clear(), a)
b = list(range(10))
b[2:5] = ["x"]; print(b); b[::3] = [0, 0, 0]; print(b); del b[1]; print(b); del b[::2]; print(b); b[1:1] = [7, 8]; print(b); b[:] = []; print(b)
b = list(range(10)); del b[::-3]; print(b); b[5:2] = [1]; print(b); b += (1, 2); b *= 2; print(b)
print([1, 2] < [1, 3], [1] < [1, 0], [] == [], [1, [2]] == [1, [2]], [1] + [2], [0] * 3, 2 * [1, 2], (1, 2) + (3,), (1,) * 2, (), (1,), 1 in (1, 2))
t = 1, 2, 3
x, *y = t; *p, q = t; m, (n, o) = 1, (2, 3); [c, d] = "ab"; (e), f = 1, 2
print(x, y, p, q, m, n, o, c, d, e, f, t.index(2), t.count(1), t[::-1], t[1:])
d = {"a": 1, "b": 2}
d["c"] = 3; d.update({"d": 4}, e=5); d |= {"f": 6}
print(d, d.get("x"), d.get("x", 0), d.pop("a"), d.pop("zz", None), d.setdefault("g", 7), d.setdefault("b", 0), list(d), list(d.values()), list(d.items()), "b" in d, len(d), d.keys(), d.values(), d.items())
print(dict(a=1, b=2), dict([("x", 1), ("y", 2)]), {**d, "z": 0}, dict.fromkeys("ab", 0), d.popitem(), {1: "a", 1.0: "b", True: "c"}, {k: v for k, v in zip("ab", [1, 2])}, d.copy() == d, {"a": 1} | {"a": 2}, {1: 2}.items() == {1: 2}.items())
del d["b"]; print(d, list(reversed(d)), sorted(d), max(d, key=d.get), {"x": {"y": [1, (2,)]}}, d == dict(reversed(list(d.items()))))
s = {5, 1, 3}; s.add(9); s.discard(100); s |= {7}; s -= {1}; s &= {3, 5, 7, 9}; s ^= {3, 4}
print(s, {1, 2} | {3}, {1, 2} & {2}, {1, 2} - {2}, {1, 2} ^ {2, 3}, {1} < {1, 2}, {1, 2} >= {1}, {1}.issubset([1, 2]), {1, 2}.issuperset([1]), {1}.isdisjoint([2]), {1, 2}.union([3], [4]), frozenset([1]), set(), frozenset(), len({1, 1.0, True}), {1, 2} == {2, 1}, 1 in {1}, {frozenset([1])})
print({10, 3, 77, 1000, 64, 8, 0, 16, 24, -1, -2, 2**40, 0.5}, set(range(20, 0, -3)), {100, 36, 4, 68, 132}, {8, 0, 16}, set([8, 0, 16]), {-1, -2, 0}, {1.5, 2.5, 0.1}, {(1, 2), (3, 4), (0, 0)})
z = set(range(30)); z -= set(range(0, 30, 2)); z |= {100, 200, 300}; print(z, z.pop(), z.pop(), z, {3, 20, 37} - {20}, {31, 47, 15} & {15, 31, 63}, {64, 128, 1} ^ {1, 2, 256})
print(range(5), list(range(2, 10, 3)), list(range(5, 0, -2)), range(10)[2:5], range(10)[-1], len(range(0, 10, 3)), 4 in range(0, 10, 2), range(3) == range(0, 3, 1), list(reversed(range(4))), range(0), range(10).index(3), range(5).count(2))
print([i * j for i in range(3) for j in range(3) if i != j], {i % 3 for i in range(10)}, {i: i * i for i in range(3)}, sum(i for i in range(5)), [[j for j in range(i)] for i in range(3)], list(i for i in "ab" if i), [(a, b) for a, b in {"x": 1}.items()])
print(list(map(lambda v: v + 1, [1, 2])), list(filter(None, [0, 1, "", "a"])), list(zip([1, 2], "ab", (True, False))), list(enumerate("ab")), any([0, 1]), all([]), list(map(max, [1, 5], [3, 2])), list(reversed([1, 2])), sorted("bca"), sorted([(2, "a"), (1, "b")]), sorted(["bb", "a"], key=len), sorted([1, -3, 2], key=abs, reverse=True), sorted([(1, 2), (1, 1), (0, 3)], key=lambda p: p[0], reverse=True))
def attempt(function):
    try:
        return function()
    except Exception as error:
        return type(error).__name__ + ": " + str(error)
print(attempt(lambda: [1][5]), attempt(lambda: [1]["a"]), attempt(lambda: {}["k"]), attempt(lambda: {}[(1, 2)]), attempt(lambda: (1,)[3]), attempt(lambda: {[]: 1}), attempt(lambda: {{}}), attempt(lambda: hash([])), attempt(lambda: [].pop()), attempt(lambda: {}.popitem()), attempt(lambda: set().pop()), attempt(lambda: [].remove(1)), attempt(lambda: [1].index(2)), attempt(lambda: (1,).index(2)), attempt(lambda: {1}.remove(2)), attempt(lambda: len(5)), attempt(lambda: list(5)), attempt(lambda: sorted([1, "a"])), attempt(lambda: max([])), attempt(lambda: 5[0]), attempt(lambda: None.x), attempt(lambda: dict([1])), attempt(lambda: dict([(1,)])), attempt(lambda: next(iter([]))), attempt(lambda: range(1, 2, 0)), attempt(lambda: zip([1], [1, 2], strict=True).__next__ if False else list(zip([1], [1, 2], strict=True))), attempt(lambda: sum("ab")), attempt(lambda: sum(["a"], "")), attempt(lambda: [1, 2, 3].sort(key=1)), attempt(lambda: range(5)[9]), attempt(lambda: len()), attempt(lambda: sorted()), attempt(lambda: 1 in 5), attempt(lambda: {}.x), attempt(lambda: (1,).append), sep="\n")
def unpack(value):
    p, q = value
    return p
print(attempt(lambda: unpack([1])), attempt(lambda: unpack([1, 2, 3])), attempt(lambda: unpack(5)), attempt(lambda: unpack("abc")), sep="\n")
def change():
    d = {1: 1}
    for k in d: d[k + 1] = 1
def grow():
    s = {1}
    for k in s: s.add(k + 1)
print(attempt(change), attempt(grow), sep="\n")
l = [1, 2, 3]; l.append(l); print(l); dd = {}; dd["d"] = dd; print(dd); print([[]] * 2, ([],))
from collections import Counter, defaultdict, OrderedDict, deque, namedtuple
c = Counter("abracadabra"); c.update("aa"); c["z"] += 1
print(c, c.most_common(2), c["nope"], c + Counter(a=1), c - Counter(a=5), c & Counter(a=2, b=9), c | Counter(q=1), sum(c.values()), list(c.elements())[:3], c.total(), Counter([1, 1, 2]), Counter(a=1) == Counter(a=1, b=0), +Counter(a=-1, b=2), -Counter(a=-1), sorted(c), Counter(), dict(c), Counter({"a": 3}).most_common())
dl = defaultdict(list); dl["a"].append(1); dl["b"]; print(dl, dict(dl), defaultdict(int, {"a": 1}), dl.get("q"), "q" in dl, len(dl))
o = OrderedDict([("a", 1), ("b", 2)]); o.move_to_end("a"); print(o, o.popitem(last=False), o, OrderedDict(a=1) == {"a": 1})
q = deque([1, 2, 3], maxlen=3); q.append(4); q.appendleft(0); print(q, q.pop(), q.popleft(), q, deque([1, 2, 3]), list(q), len(q)); q = deque(range(5)); q.rotate(2); print(q, q[1], 3 in q)
P = namedtuple("P", "x y"); p = P(1, y=2); print(p, p.x, p[1], p._replace(x=5), p._asdict(), P._fields, p == (1, 2), *p, isinstance(p, tuple), attempt(lambda: P(1)), attempt(lambda: p.z))
import itertools as it
print(list(it.chain([1], "a")), list(it.chain.from_iterable([[1], [2, 3]])), list(it.product("ab", repeat=2)), list(it.product([1, 2], "x")), list(it.permutations([1, 2, 3], 2)), list(it.combinations("abc", 2)), list(it.combinations_with_replacement("ab", 2)), list(it.islice(it.count(5, 2), 3)), list(it.islice("abcdef", 1, None, 2)), [(k, list(g)) for k, g in it.groupby("aabbc")], list(it.accumulate([1, 2, 3])), list(it.accumulate([1, 2, 3], lambda a, b: a * b, initial=10)), list(it.zip_longest([1], [2, 3], fillvalue=0)), list(it.repeat(1, 2)), list(it.islice(it.cycle("ab"), 5)), list(it.takewhile(lambda v: v < 3, range(9))), list(it.dropwhile(lambda v: v < 7, range(9))), list(it.starmap(pow, [(2, 3)])), list(it.pairwise("abc")), list(it.compress("abc", [1, 0, 1])), list(it.filterfalse(None, [0, 1])), [list(x) for x in it.tee([1, 2])])
import functools, operator
print(functools.reduce(lambda a, b: a + b, [1, 2, 3]), functools.partial(pow, 2)(5), sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)), sorted([("b", 1), ("a", 2)], key=operator.itemgetter(0)), operator.add(1, 2), operator.itemgetter(1, 0)("ab"))
@functools.lru_cache(maxsize=None)
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(90))
s = set()
for x in (0, 1, 2, 5, 6, 7, 20, 21): s.add(x)
s.discard(0); s.discard(2); s.add(32); print(s); s.add(64); print(s); s.add(96); print(s, s ^ {5, 128, 96})
