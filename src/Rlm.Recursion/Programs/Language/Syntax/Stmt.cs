using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>A statement.</summary>
internal abstract class Stmt(int line)
{
    public int Line { get; } = line;

    /// <summary>Whether there is a <c>yield</c> in it (not in functions within); then <see cref="Steps"/> runs it.</summary>
    public virtual bool Yields => false;

    public abstract void Declare(Scope scope);

    public abstract Flow Run(Frame frame);

    /// <summary>Runs it as a part of a generator: gives the yielded values, and at the end how it ended in <see cref="Frame.Ended"/>.</summary>
    public virtual IEnumerable<object> Steps(Frame frame)
    {
        frame.Ended = Run(frame);
        yield break;
    }
}
