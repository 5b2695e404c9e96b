using Rlm.Recursion.Budget;

namespace Rlm.Recursion;

/// <summary>What the operator decides about sub-agent sessions. Tool arguments may only lower these.</summary>
public sealed record RecursionOptions
{
    /// <summary>The operator's ceilings for one tree of sessions, where nothing else was said.</summary>
    public static Limits StandardLimits { get; } = new() { Calls = 64, Tokens = 2_000_000, Usd = 2, Seconds = 300, Depth = 2, Parallel = 8 };

    /// <summary>Deepest sessions that any operator may allow.</summary>
    public const int HardDepth = 4;

    /// <summary>The back end, such as <c>anthropic:MODEL</c>; null: none chosen, which is <c>host</c> for a client of the server and <c>extractive</c> on the command line.</summary>
    public string? Model { get; init; }

    /// <summary>The back end for leaves of maps; null for the same.</summary>
    public string? LeafModel { get; init; }

    /// <summary>The ceilings.</summary>
    public Limits Limits { get; init; } = StandardLimits;

    /// <summary>Whether the operator named an amount of money, and not only the standard holds.</summary>
    public bool AsksForMoney { get; init; }

    /// <summary>Prices of models by name without provider, over those that are known.</summary>
    public IReadOnlyDictionary<string, Price> Prices { get; init; } = new Dictionary<string, Price>();

    /// <summary>Folder for sessions, trajectories and memo; null keeps them in memory.</summary>
    public string? Folder { get; init; }

    /// <summary>Bytes that sessions and their trajectories may take in <see cref="Folder"/>; over it the longest untouched go first.</summary>
    public long MaxKeptBytes { get; init; } = 5L << 30;

    /// <summary>Never open a network connection.</summary>
    public bool Offline { get; init; }

    /// <summary>Parts of a tree that never meet, each a scope by name.</summary>
    public IReadOnlyDictionary<string, string> Boundaries { get; init; } = new Dictionary<string, string>();

    /// <summary>Back ends of boundaries by name, or <c>local-only</c>; a boundary that is not named takes the one for all.</summary>
    public IReadOnlyDictionary<string, string> BoundaryBackEnds { get; init; } = new Dictionary<string, string>();

    /// <summary>Groups of boundaries that may meet.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Allowed { get; init; } = [];

    /// <summary>Texts on how to go about kinds of task, over those that are built in.</summary>
    public IReadOnlyDictionary<string, string> Strategies { get; init; } = new Dictionary<string, string>();

    /// <summary>Turns that an agent may take.</summary>
    public int AgentTurns { get; init; } = 30;

    /// <summary>Whether the agent at the root sees only <c>map</c> and <c>recurse</c>, and only sessions below it read.</summary>
    public bool LeanRoot { get; init; }

    /// <summary>How programs run.</summary>
    public Programs.ProgramOptions Programs { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
