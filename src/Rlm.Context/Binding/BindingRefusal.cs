using Rlm.Context.Files;

namespace Rlm.Context.Binding;

/// <summary>Why something could not be bound.</summary>
/// <param name="Reason">A clause for the answer.</param>
/// <param name="IsLate">It is being made ready: the same question has more to say later.</param>
internal sealed record BindingRefusal(string Reason, bool IsLate)
{
    /// <summary>The project files have not been read yet.</summary>
    public static BindingRefusal NoProjectsYet { get; } = new("the project files are still being read", true);

    /// <summary>The compilations have not been made yet.</summary>
    public static BindingRefusal NotYet { get; } = new("their projects are still being compiled", true);

    /// <summary>It is larger than what the operator gives.</summary>
    public static BindingRefusal TooMuch(RepoPath project, long bytes) => new($"compiling {NameEscaping.Escape(project.Value)} with what it refers to would take about {bytes >> 20:N0} MB, more than --memory", false);

    /// <summary>A sentence for the answer.</summary>
    public override string ToString() => $"C# sites are by syntax where {Reason}{(IsLate ? "; a longer deadline waits for it, and a running server answers the same call with it later" : "")}";
}
