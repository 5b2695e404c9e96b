namespace Rlm.Recursion.Context;

/// <summary>
/// What sessions can ask of the world outside models: the program implements it over the context store. Every call is narrowed to the scope it is given; what lies outside does
/// not exist for it. Safe to use from many threads.
/// </summary>
public interface ISessionContext
{
    /// <summary>How much a scope holds now.</summary>
    /// <exception cref="RecursionException">An expression of it is wrong.</exception>
    ScopeSize Size(ContextScope scope, CancellationToken cancellationToken);

    /// <summary>Paths of the files in a scope now, in order; none where that is not known.</summary>
    /// <exception cref="RecursionException">An expression of it is wrong.</exception>
    IReadOnlyList<string> Files(ContextScope scope, CancellationToken cancellationToken) => [];

    /// <summary>Cuts a scope into units.</summary>
    /// <exception cref="RecursionException">An expression of it is wrong.</exception>
    UnitList Units(ContextScope scope, UnitKind per, CancellationToken cancellationToken);

    /// <summary>The text of a unit as lines <c>NNN&lt;TAB&gt;text</c>; null when it is gone or has changed.</summary>
    string? Read(ContextScope scope, Unit unit, CancellationToken cancellationToken);

    /// <summary>The lines of a unit that declare something, without bodies, as <see cref="Read"/> gives them; null when it is gone, or declares nothing.</summary>
    string? Signatures(ContextScope scope, Unit unit, CancellationToken cancellationToken) => null;

    /// <summary>What a unit can be paired by, besides its name: its signature without names, or the members that call it. None where that is not known.</summary>
    IReadOnlyList<string> PairKeys(ContextScope scope, Unit unit, PairKey by, CancellationToken cancellationToken) => [];

    /// <summary>Checks a quote against the file as it is now.</summary>
    QuoteCheck Check(ContextScope scope, string handle, string quote, CancellationToken cancellationToken);

    /// <summary>The handle under which a quote stands that <see cref="Check"/> has found: the same, or where the quote stands now if the text of the handle is another.</summary>
    string PlaceOf(ContextScope scope, string handle, string quote, CancellationToken cancellationToken) => handle;

    /// <summary>The regions of a scope that fit a question best, as findings with their own text as citation; and what was looked at.</summary>
    (IReadOnlyList<Finding> Findings, Coverage Coverage) Rank(ContextScope scope, string question, int most, CancellationToken cancellationToken);

    /// <summary>An exact answer that the store has without any model (counts of files, a definition by name), with its tool call; null when the question is not of that kind.</summary>
    string? AnswerExactly(ContextScope scope, string task, CancellationToken cancellationToken);

    /// <summary>The tools that a session's model is offered.</summary>
    IReadOnlyList<SessionTool> Tools { get; }

    /// <summary>The functions that a session's programs may call over it.</summary>
    IReadOnlyList<Programs.ProgramFunction> Functions => [];
}
