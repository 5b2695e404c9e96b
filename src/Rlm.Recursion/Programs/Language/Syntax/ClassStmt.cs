using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>class</c>, with at most one base.</summary>
internal sealed class ClassStmt(NameExpr name, Expr? parent, IReadOnlyList<Stmt> body, IReadOnlyList<Expr> decorators, IReadOnlyList<string> annotated, int line) : Stmt(line)
{
    private readonly Block _body = new(body, line);
    private Scope? _scope;

    /// <summary>The class that was made last, for <c>super()</c>.</summary>
    public PyClass? Made { get; private set; }

    public override void Declare(Scope scope)
    {
        foreach (var decorator in decorators) decorator.Declare(scope);
        parent?.Declare(scope);
        name.DeclareStore(scope);
        _scope = scope.Inside(ScopeKind.Class, name.Name, this);
        _body.Declare(_scope);
    }

    public override Flow Run(Frame frame)
    {
        var machine = frame.Machine;
        var wrappers = decorators.Select(decorator => decorator.Eval(frame)).ToArray();
        var line = parent is null ? Types.Object : Base(parent.Eval(frame));
        var members = new PyDict();
        var slots = new object?[_scope!.SlotCount];
        foreach (var (here, outside) in _scope.Free) slots[here] = frame.Slots[outside];
        var inner = new Frame(machine, name.Name, slots) { ClassBody = members, Line = Line };
        machine.Enter();
        try
        {
            _body.Run(inner);
        }
        catch (PyRaise error) when (error.Passes(name.Name, inner.Line))
        {
            throw;
        }
        finally
        {
            machine.Leave();
        }
        foreach (var (key, _) in members.Entries)
            if (key is string member && Attributes.IsDunder(member) && !Instances.Known.Contains(member)) throw Refuse.Here(Refusals.Dunder, member);
        var made = new PyClass(name.Name, line) { Members = members, FullName = _scope.Outer!.Qualify(name.Name) };
        Made = made;
        object result = made;
        for (var index = wrappers.Length - 1; index >= 0; index--) result = Decorate(machine, wrappers[index], made);
        name.Store(frame, result);
        return Flow.Next;
    }

    private static PyClass Base(object value) => value switch
    {
        PyClass { Members: not null } type => type,
        PyClass type when ReferenceEquals(type, Types.Object) || type.IsException => type,
        PyClass type => throw Refuse.Here(Refusals.BuiltInBase, type.Name),
        _ => throw Refuse.Here(Refusals.Bases),
    };

    private PyClass Decorate(Machine machine, object wrapper, PyClass made)
    {
        _ = machine;
        if (wrapper is not PyNative { Receiver: DataClass options }) throw Refuse.Here(Refusals.ClassDecorator);
        DataClasses.Prepare(made, options, annotated);
        return made;
    }
}
