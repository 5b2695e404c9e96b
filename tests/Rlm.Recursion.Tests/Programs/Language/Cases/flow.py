def f(a, b=2, *args, c, d=4, **kw): return (a, b, args, c, d, kw)
print(f(1, c=3), f(1, 2, 3, 4, c=5, e=6), f(*[1, 2], **{"c": 3}), (lambda *a, k=1: (a, k))(1, 2, k=3))
def po(a, /, b): return a, b
print(po(1, b=2))
def attempt(function, *args, **kw):
    try:
        return function(*args, **kw)
    except Exception as error:
        return type(error).__name__ + ": " + str(error)
print(attempt(f), attempt(f, 1), attempt(f, 1, 2, c=1, a=2), attempt(po, 1), attempt(po), attempt(po, 1, 2, 3), attempt(po, a=1, b=2), attempt(lambda: 1, 2), attempt(lambda a, b, c: 1), attempt(lambda a=1: 1, 1, 2), attempt(po, 1, 2, x=1), attempt(lambda *, k: k), attempt(5), attempt(lambda: f(1, **{1: 2})), sep="\n")
def counter():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
c1, c2 = counter(), counter(); print(c1(), c1(), c2())
g = 1
def setg():
    global g, h
    g, h = 2, 3
setg(); print(g, h)
print([fn() for fn in [lambda i=i: i for i in range(3)]], [fn() for fn in [lambda: i for i in range(3)]])
def default(l=[]):
    l.append(1); return l
default(); print(default())
for i in range(3):
    if i == 1: continue
    print(i)
else: print("else")
for i in range(3):
    if i == 1: break
else: print("never")
n = 5
while n:
    n -= 1
    if n == 2: break
else: print("never")
while n < 4: n += 1
else: print("while else", n)
def tri(n):
    try:
        if n == 0: return "return"
        if n == 1: raise ValueError("one")
        if n == 2: 1 / 0
        if n == 3: raise KeyError("k") from ValueError("cause")
    except ValueError as e: return f"caught {e!r} {e.args}"
    except (ZeroDivisionError, IndexError) as e: return "zero"
    except Exception as e: return type(e).__name__, str(e), repr(e.__cause__)
    else: return "else"
    finally: print("finally", n)
for i in range(5): print(tri(i))
def fin():
    for i in range(3):
        try: continue
        finally: print("f", i)
    try: return 1
    finally: print("after return")
print(fin())
def override():
    try: return 1
    finally: return 2
print(override())
try:
    try: raise ValueError("a")
    except ValueError: raise
except ValueError as e: print("reraised", e)
try:
    try: 1 / 0
    except ZeroDivisionError: {}["x"]
except KeyError as e: print(repr(e.__context__))
class MyError(ValueError):
    def __init__(self, code): super().__init__(f"code {code}"); self.code = code
try: raise MyError(5)
except ValueError as e: print(e, e.code, type(e).__name__, isinstance(e, MyError), repr(e), e.args)
class Plain(Exception): pass
print(attempt(lambda: (_ for _ in ()).throw if False else 1), repr(Plain()), repr(Plain(1, 2)), str(Plain(1, 2)), str(KeyError("a")), str(ValueError()))
def gen(n):
    for i in range(n):
        r = yield i
    return "done"
def outer():
    x = yield from gen(2)
    yield x
    yield from [7, 8]
print(list(gen(3)), list(outer()), next(gen(1)), sum(gen(4)), [*gen(2)], dict(enumerate(gen(2))))
def infinite():
    n = 0
    while True: yield n; n += 1
it = infinite(); print(next(it), next(it), [x for x, _ in zip(it, range(3))], next(it), attempt(lambda: next(gen(0))), next(gen(0), "default"))
def cleanup():
    try:
        yield 1
        yield 2
    except ValueError: yield "no"
    finally: print("cleaned")
print(list(cleanup()))
def broken():
    yield 1
    raise ValueError("in gen")
print(attempt(lambda: list(broken())))
def caught():
    try: yield from broken()
    except ValueError as e: yield str(e)
print(list(caught()))
print(list((x, y) for x in range(2) for y in "ab"), max(x * x for x in [-3, 2]), (y := 5) + y, [z := 1, z + 1])
class A:
    count = 0
    kinds = ["x"]
    def __init__(self, x): self.x = x; A.count += 1
    def get(self): return self.x
    def __repr__(self): return f"A({self.x})"
    def __eq__(self, other): return isinstance(other, A) and self.x == other.x
    def __lt__(self, other): return self.x < other.x
    def __hash__(self): return hash(self.x)
    def __len__(self): return self.x
    def __getitem__(self, i): return i * 2
    def __contains__(self, i): return i == self.x
    def __iter__(self): return iter([self.x, self.x])
    def __call__(self, y): return self.x + y
    def __add__(self, other): return A(self.x + (other.x if isinstance(other, A) else other))
    def __radd__(self, other): return A(other + self.x)
    def __bool__(self): return self.x != 0
    @property
    def double(self): return self.x * 2
    @double.setter
    def double(self, v): self.x = v // 2
    @staticmethod
    def st(v): return v
    @classmethod
    def make(cls, v): return cls(v)
class B(A):
    def get(self): return "B" + str(super().get())
    def __str__(self): return "str B"
a, b = A(1), B(2); a.extra = 5
print(a, b, str(b), a.get(), b.get(), a == A(1), a != A(2), a < b, sorted([b, a]), hash(a) == hash(1), len(b), a[5], 1 in a, list(a), a(10), a + a, 5 + a, sum([a, b]), bool(A(0)), a.double, A.st(3), B.make(4), A.count, a.extra, isinstance(b, A), issubclass(B, A), type(b).__name__, B.__name__, a.__class__.__name__, {a: 1}[A(1)], a.kinds is A.kinds)
a.double = 10; print(a.x, attempt(lambda: a.nope), attempt(lambda: A()), attempt(lambda: a < 5), attempt(lambda: a - 1), attempt(lambda: A.zip))
class It:
    def __init__(self): self.i = 0
    def __iter__(self): return self
    def __next__(self):
        self.i += 1
        if self.i > 3: raise StopIteration
        return self.i
print(list(It()), [x for x in It()], next(It()), max(It()))
from dataclasses import dataclass, field
@dataclass
class D:
    x: int
    y: str = "d"
    z: list = field(default_factory=list)
    def both(self): return (self.x, self.y)
@dataclass(order=True, frozen=True)
class E:
    a: int
    b: int = 0
d = D(1); d.z.append(2); print(d, D(1, "e") == D(1, "e"), D(1) == D(2), d.both(), D(x=3, y="k"), E(1) < E(2), sorted([E(2), E(1, 5)]), hash(E(1)) == hash(E(1)), attempt(lambda: D()), {E(1): 2}[E(1)])
def deco(fn):
    def wrapper(*a, **k): return "<" + str(fn(*a, **k)) + ">"
    return wrapper
@deco
def hello(x: int, y: "str" = "b") -> str: return x + y
print(hello("a"))
assert True, "fine"
print(attempt(lambda: exec if False else None))
try: assert 1 == 2, "message"
except AssertionError as e: print("assert", e)
def local():
    print(undefined_name)
def unbound():
    print(v); v = 1
def freevar():
    def inner(): return w
    r = attempt(inner); w = 1
    return r
print(attempt(local), attempt(unbound), freevar(), sep="\n")
x = 1; del x
try: x
except NameError as e: print(e)
def rec(n): return rec(n + 1)
print(attempt(rec, 0))
print(None is None, [] is [], a is a, 1 is not None, not None, ... is Ellipsis)
v: int = 5; w: "list[int]" = []; print(v, w)
if True: pass
elif False: pass
i = 0
def side():
    global i
    i += 1; return i
print(side() < side() < side(), i, (1, 2)[side() > 100], 1 if side() else 2)
data = {"k": [1, 2]}; data["k"][0] += 10; data["k"] += [3]; print(data)
lst = [1, 2, 3]; lst[0], lst[1] = lst[1], lst[0]; print(lst)
k = 0; arr = [0, 0]; k, arr[k] = 1, 9; print(k, arr)
for idx, (p, q) in enumerate([(1, 2), (3, 4)]): print(idx, p, q)
for arr[0] in [5]: pass
print(arr, *[1, 2], *"ab", sep="-", end="!\n"); print(); print(1, None, True, 1.0, [None])
print({**{"a": 1}, **{"b": 2}}, [*range(3), *"x"], (*[1], 2), {*[1], 1})
