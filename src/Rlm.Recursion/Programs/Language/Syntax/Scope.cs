using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>The names of a module, function, comprehension or class: which are its own, which come from outside, and where their values are.</summary>
internal sealed class Scope(ScopeKind kind, Scope? outer, Globals globals)
{
    private readonly List<NameExpr> _names = [];
    private readonly List<Scope> _inner = [];
    private readonly HashSet<string> _bound = [], _global = [], _nonlocal = [];
    private readonly Dictionary<string, int> _slots = [];
    private readonly HashSet<string> _cells = [];
    private readonly List<string> _free = [];

    public ScopeKind Kind { get; } = kind;

    public Scope? Outer { get; } = outer;

    public Globals Globals { get; } = globals;

    /// <summary>The class whose body this function stands in, for <c>super()</c>.</summary>
    public ClassStmt? Class { get; init; }

    /// <summary>The name of the function, comprehension or class whose scope it is; null for a module.</summary>
    public string? Name { get; init; }

    /// <summary>How something of this name that is defined here is called in full, as <c>__qualname__</c> has it.</summary>
    public string Qualify(string name) => Outer is null ? name : Outer.Qualify(Name!) + (Kind == ScopeKind.Class ? "." : ".<locals>.") + name;

    /// <summary>The first parameter of a function, which in methods is the instance.</summary>
    public string? FirstParameter { get; set; }

    public int SlotCount => _slots.Count;

    /// <summary>Slots that begin as fresh cells.</summary>
    public int[] CellSlots => [.. _cells.Select(name => _slots[name])];

    /// <summary>For each outer variable: its slot here and its slot outside.</summary>
    public (int Here, int Outside)[] Free => [.. _free.Select(name => (_slots[name], Outer!.SlotOfShared(name)))];

    public Scope Inside(ScopeKind kind, string name, ClassStmt? owner = null)
    {
        Deep.Check();
        var inner = new Scope(kind, this, Globals) { Class = owner, Name = name };
        _inner.Add(inner);
        return inner;
    }

    public void Use(NameExpr name) => _names.Add(name);

    public void Bind(string name)
    {
        if (!_global.Contains(name) && !_nonlocal.Contains(name)) _bound.Add(name);
    }

    /// <summary>Parameters come first, in order.</summary>
    public void Parameter(string name, int line)
    {
        if (!_bound.Add(name)) throw new ProgramSyntaxException($"duplicate argument '{name}' in function definition", line);
        _slots[name] = _slots.Count;
    }

    public void Global(string name, int line)
    {
        if (Kind != ScopeKind.Module && _bound.Contains(name)) throw new ProgramSyntaxException($"name '{name}' is assigned to before global declaration", line);
        _global.Add(name);
    }

    public void Nonlocal(string name, int line)
    {
        if (Kind == ScopeKind.Module) throw new ProgramSyntaxException("nonlocal declaration not allowed at module level", line);
        if (_bound.Contains(name)) throw new ProgramSyntaxException($"name '{name}' is assigned to before nonlocal declaration", line);
        _nonlocal.Add(name);
        _later.Add((name, line));
    }

    private readonly List<(string Name, int Line)> _later = [];

    /// <summary>Where an assignment expression binds: the nearest scope that is no comprehension.</summary>
    public Scope Walrus => Kind == ScopeKind.Comprehension ? Outer!.Walrus : this;

    /// <summary>Gives every name its place, here and in all scopes inside.</summary>
    public void Resolve()
    {
        Deep.Check();
        foreach (var (name, line) in _later)
            if (Owner(name) is null) throw new ProgramSyntaxException($"no binding for nonlocal '{name}' found", line);
        if (Kind is ScopeKind.Function or ScopeKind.Comprehension)
            foreach (var name in _bound) _slots.TryAdd(name, _slots.Count);
        foreach (var inner in _inner) inner.Share();
        foreach (var inner in _inner) inner.Resolve();
        foreach (var name in _names) Place(name);
    }

    // Names that scopes inside take from here become cells before anything is placed.
    private void Share()
    {
        foreach (var name in _names.Select(use => use.Name).Concat(_nonlocal).Distinct())
            if (!IsOwn(name) && !_global.Contains(name) && Owner(name) is { } owner) Carry(name, owner);
        foreach (var inner in _inner) inner.Share();
    }

    private bool IsOwn(string name) => _bound.Contains(name) && Kind != ScopeKind.Class;

    private Scope? Owner(string name)
    {
        for (var scope = Outer; scope is not null; scope = scope.Outer)
        {
            if (scope.Kind == ScopeKind.Module) return null;
            if (scope.Kind == ScopeKind.Class) continue;
            if (scope._global.Contains(name)) return null;
            if (scope._bound.Contains(name)) return scope;
        }
        return null;
    }

    private void Carry(string name, Scope owner)
    {
        owner._cells.Add(name);
        for (var scope = this; scope != owner; scope = scope.Outer!)
            if (!scope._free.Contains(name))
            {
                scope._free.Add(name);
                scope._slots.TryAdd(name, scope._slots.Count);
            }
        owner._slots.TryAdd(name, owner._slots.Count);
    }

    private int SlotOfShared(string name) => _slots[name];

    private void Place(NameExpr name)
    {
        var text = name.Name;
        name.IsFree = _free.Contains(text);
        if (_free.Contains(text) && !(Kind == ScopeKind.Class && _bound.Contains(text))) name.Place(_cells.Contains(text) || _free.Contains(text) ? NamePlace.Cell : NamePlace.Slot, _slots[text], null);
        else if (Kind is ScopeKind.Function or ScopeKind.Comprehension && _bound.Contains(text)) name.Place(_cells.Contains(text) ? NamePlace.Cell : NamePlace.Slot, _slots[text], null);
        else if (Kind == ScopeKind.Class && !_global.Contains(text)) name.Place(_free.Contains(text) ? NamePlace.ClassThenCell : NamePlace.Class, _free.Contains(text) ? _slots[text] : -1, Globals.Cell(text));
        else name.Place(NamePlace.Global, -1, Globals.Cell(text));
    }
}
