using Rlm.Recursion.Programs.Language.Running;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>An expression that can be assigned to.</summary>
internal abstract class Target(int line) : Expr(line)
{
    /// <summary>Declares the names that an assignment binds.</summary>
    public abstract void DeclareStore(Scope scope);

    public abstract void Store(Frame frame, object value);

    public abstract void Delete(Frame frame);
}
