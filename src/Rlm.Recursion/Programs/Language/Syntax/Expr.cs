using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>
/// An expression: the parser's tree is also what runs. Between both, every node declares the names it uses in its <see cref="Scope"/>, which then gives them their slots.
/// </summary>
internal abstract class Expr(int line)
{
    public int Line { get; } = line;

    /// <summary>Levels of chained nodes below; the parser puts a <see cref="DeepExpr"/> in where it becomes large.</summary>
    public int Height { get; set; }

    /// <summary>Whether CPython's compiler knows its value.</summary>
    public virtual bool IsConstant => false;

    public abstract void Declare(Scope scope);

    public abstract object Eval(Frame frame);

    public virtual bool Test(Frame frame) => Truth.Of(frame.Machine, Eval(frame));
}
