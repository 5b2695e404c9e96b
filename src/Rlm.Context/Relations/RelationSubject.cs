using Rlm.Context.Slices;

namespace Rlm.Context.Relations;

/// <summary>A symbol asked about.</summary>
/// <param name="Asked">As the caller wrote it.</param>
/// <param name="Name">The identifier that stands in the source.</param>
/// <param name="Declared">Its declarations; several when what was asked is ambiguous, none when it is declared nowhere here.</param>
/// <param name="Namesakes">How many declarations have the name in all, as far as is known: syntax cannot tell their uses apart.</param>
public sealed record RelationSubject(string Asked, string Name, IReadOnlyList<FoundSymbol> Declared, int Namesakes)
{
    /// <summary>Why the declarations are not all listed; null when they are.</summary>
    public string? Note { get; init; }

    /// <summary>Why it is declared nowhere here: the error to give when nothing uses it either.</summary>
    internal ContextException? Unknown { get; init; }
}
