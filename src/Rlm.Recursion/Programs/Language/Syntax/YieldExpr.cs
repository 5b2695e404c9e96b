using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>yield value</c> or <c>yield from value</c>; it may stand as a statement or as the value of an assignment, and its own value is None.</summary>
internal sealed class YieldExpr(Expr? value, bool isFrom, int line) : Expr(line)
{
    public override void Declare(Scope scope)
    {
        if (scope.Kind != ScopeKind.Function) throw new ProgramSyntaxException("'yield' outside function", Line);
        value?.Declare(scope);
    }

    public override object Eval(Frame frame) => throw Refuse.Syntax(Refusals.YieldValue, Line);

    /// <summary>The values it yields.</summary>
    public IEnumerable<object> Values(Frame frame)
    {
        if (!isFrom)
        {
            yield return value?.Eval(frame) ?? PyNone.Value;
            yield break;
        }
        var source = Iterating.Over(frame.Machine, value!.Eval(frame));
        while (source.Next(frame.Machine, out var item)) yield return item;
        frame.YieldFromResult = source is SequenceIterator { Result: { } result } ? result : PyNone.Value;
    }

    /// <summary>Its value: what the inner generator returned, for <c>yield from</c>.</summary>
    public object Outcome(Frame frame) => isFrom ? frame.YieldFromResult : PyNone.Value;
}
