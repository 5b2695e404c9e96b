using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>A comprehension of a list (<c>[</c>), set or dict (<c>{</c>, a dict where there is a value), or a generator expression (<c>(</c>). It has a scope of its own; the first source is evaluated outside of it.</summary>
internal sealed class ComprehensionExpr(char kind, Expr element, Expr? value, IReadOnlyList<ComprehensionClause> clauses, int line) : Expr(line)
{
    private Scope? _scope;
    private (int Here, int Outside)[]? _free;
    private int[] _cells = [];

    private string Name => kind == '[' ? "<listcomp>" : kind == '(' ? "<genexpr>" : value is null ? "<setcomp>" : "<dictcomp>";

    public override void Declare(Scope scope)
    {
        clauses[0].Source.Declare(scope);
        _scope = scope.Inside(ScopeKind.Comprehension, Name, scope.Class);
        foreach (var clause in clauses)
        {
            if (clause != clauses[0]) clause.Source.Declare(_scope);
            clause.Target.DeclareStore(_scope);
            foreach (var test in clause.Tests) test.Declare(_scope);
        }
        element.Declare(_scope);
        value?.Declare(_scope);
    }

    public override object Eval(Frame frame)
    {
        var machine = frame.Machine;
        var source = SetExpr.Source(frame, clauses[0].Source);
        frame.Line = Line;
        var iterator = Iterating.Over(machine, source);
        var inner = Inner(frame);
        if (kind == '(') return new SequenceIterator("generator", Lazily(inner, iterator).GetEnumerator());
        machine.Enter();
        object made = kind == '[' ? new PyList() : value is null ? new PySet(false) : new PyDict();
        try
        {
            Fill(inner, made, iterator, 0);
        }
        catch (PyRaise error) when (error.Passes(inner.Name, inner.Line))
        {
            throw;
        }
        machine.Leave();
        return made;
    }

    private Frame Inner(Frame frame)
    {
        if (_free is null) (_free, _cells) = (_scope!.Free, _scope.CellSlots);
        var slots = new object?[_scope!.SlotCount];
        foreach (var cell in _cells) slots[cell] = new Cell();
        foreach (var (here, outside) in _free) slots[here] = frame.Slots[outside];
        return new Frame(frame.Machine, Name, slots) { Line = Line, ClassBody = null };
    }

    private void Fill(Frame frame, object made, PyIterator iterator, int depth)
    {
        var machine = frame.Machine;
        if (depth > 0) Deep.Check();
        var clause = clauses[depth];
        while (iterator.Next(machine, out var item))
        {
            machine.Tick();
            clause.Target.Store(frame, item);
            if (!Passes(clause, frame)) continue;
            if (depth + 1 < clauses.Count) Fill(frame, made, Iterating.Over(machine, SetExpr.Source(frame, clauses[depth + 1].Source)), depth + 1);
            else Add(frame, made);
        }
    }

    private void Add(Frame frame, object made)
    {
        var item = element.Eval(frame);
        if (made is PyList list)
        {
            frame.Machine.Charge(PyList.ElementBytes);
            list.Items.Add(item);
        }
        else if (made is PySet set) set.Add(frame.Machine, item);
        else ((PyDict)made).Set(frame.Machine, item, value!.Eval(frame));
    }

    private IEnumerable<object> Lazily(Frame frame, PyIterator first)
    {
        var sources = new PyIterator[clauses.Count];
        sources[0] = first;
        for (var depth = 0; depth >= 0;)
        {
            frame.Machine.Tick();
            if (!sources[depth].Next(frame.Machine, out var item))
            {
                depth--;
                continue;
            }
            clauses[depth].Target.Store(frame, item);
            if (!Passes(clauses[depth], frame)) continue;
            if (depth + 1 == clauses.Count) yield return element.Eval(frame);
            else
            {
                depth++;
                sources[depth] = Iterating.Over(frame.Machine, SetExpr.Source(frame, clauses[depth].Source));
            }
        }
    }

    private static bool Passes(ComprehensionClause clause, Frame frame)
    {
        foreach (var test in clause.Tests)
            if (!test.Test(frame)) return false;
        return true;
    }
}
