using System.Globalization;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Scopes;
using Rlm.Mcp.Rendering;
using Rlm.Mcp.Sessions;

namespace Rlm.Mcp.Tools;

/// <summary>
/// What every call begins with: its cursor unpacked, the snapshot it answers from, its size, and the words that every header ends in.
/// </summary>
internal sealed class ToolCall
{
    private readonly ToolDefinition _definition;
    private readonly TimeSpan? _age;
    private readonly string? _index;
    private Scope? _within;

    private ToolCall(ToolDefinition definition, ContextStore store, ToolArguments arguments, ToolContext context, (Snapshot Snapshot, TimeSpan? Age) now, string? place, CancellationToken cancellationToken)
    {
        var snapshot = now.Snapshot;
        (_definition, Store, Arguments, Context, Snapshot, Place, Cancellation) = (definition, store, arguments, context, snapshot, place, cancellationToken);
        Size = AnswerSize.Of(arguments, context);
        _age = now.Age;
        _index = store.IndexStatus.Words;
    }

    public ContextStore Store { get; }
    public ToolArguments Arguments { get; }
    public ToolContext Context { get; }
    public Snapshot Snapshot { get; }
    public AnswerSize Size { get; }
    public CancellationToken Cancellation { get; }

    /// <summary>Where the list goes on; null at its start.</summary>
    public string? Place { get; }

    /// <exception cref="ToolException">The cursor is bad or stale.</exception>
    public static ToolCall Begin(ToolDefinition definition, ContextStore store, ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        if (arguments.Text("cursor") is not { } text)
            return new(definition, store, arguments, context, Now(store, context, cancellationToken), null, cancellationToken);
        var cursor = Cursor.Decode(text, definition);
        var merged = ToolArguments.Merge(arguments, ToolArguments.Check(definition, cursor.Query).Given);
        var now = Now(store, context, cancellationToken);
        if (!definition.CursorsOutliveFiles) cursor.CheckFresh(now.Snapshot);
        return new(definition, store, merged, context, now, cursor.Place, cancellationToken);
    }

    /// <summary>The cursor that goes on at a place.</summary>
    public string CursorAt(string place) => Cursor.Encode(_definition, Snapshot, Arguments, place);

    /// <summary>What the call's session may look at; null for everything.</summary>
    public Scope? Within => _within ??= Context.Within is { Count: > 0 } layers ? StoreContext.Resolve(Store, Snapshot, layers, Cancellation) : null;

    /// <summary>The scope of the argument <c>in</c>, narrowed to the session's.</summary>
    public Scope Scope() => Narrowed(Store.Scopes.Resolve(Arguments.Text("in"), Snapshot, Cancellation));

    /// <summary>A scope narrowed to the session's.</summary>
    /// <exception cref="ToolException"><c>out_of_scope</c>: nothing is left of it.</exception>
    public Scope Narrowed(Scope scope)
    {
        if (Within is not { } within) return scope;
        var narrowed = ScopeResolver.Narrow(scope, within);
        return narrowed.Files.IsEmpty && !scope.Files.IsEmpty ? throw OutOfScope("what was asked") : narrowed;
    }

    /// <summary>Those of some things that the session may see.</summary>
    /// <exception cref="ToolException"><c>out_of_scope</c>: none of them.</exception>
    public IReadOnlyList<T> Admitted<T>(IReadOnlyList<T> things, Func<T, (RepoPath Path, LineRange Lines)> place)
    {
        if (Within is not { } within) return things;
        var inside = things.Where(thing => place(thing) is var (path, lines) && within.Holds(path, lines)).ToArray();
        return inside.Length > 0 || things.Count == 0 ? inside : throw OutOfScope("what was asked");
    }

    /// <summary>Whether the session may see lines of a file.</summary>
    public bool Sees(RepoPath path, LineRange lines) => Within is not { } within || within.Holds(path, lines);

    /// <summary>Those of some symbols of a file that the session may see with their doc comments; of one that lies only partly in its scope those inside it.</summary>
    public IEnumerable<Symbol> Seen(RepoPath path, IEnumerable<Symbol> symbols) => Within is null ? symbols
        : symbols.SelectMany(symbol => Sees(path, new(Math.Min(symbol.DocStart, symbol.Range.Start), symbol.Range.End)) ? [symbol] : Seen(path, symbol.Children));

    private static ToolException OutOfScope(string what) => new(ErrorCodes.OutOfScope, $"{what} lies outside this session's scope", "map() shows what is inside.");

    /// <summary>The place as a number that a cursor carried.</summary>
    /// <exception cref="ToolException">It is none.</exception>
    public int PlaceNumber() => Place is null ? 0
        : int.TryParse(Place, CultureInfo.InvariantCulture, out var number) && number >= 0 ? number : throw BadPlace();

    public static ToolException BadPlace() => new(ErrorCodes.BadArgument, "the cursor is not one that this server gave", "Ask again without it.");

    /// <summary><c>snapshot 1a2b3c4d</c>, with its age when it was taken before this call (files made or deleted since may be missing or named), and how far the index is while it is being built.</summary>
    public string SnapshotWords() => (_age is { } age ? string.Create(CultureInfo.InvariantCulture, $"snapshot {Snapshot.Version}, {age.TotalSeconds:0.0} s old") : $"snapshot {Snapshot.Version}")
        + (_index is null ? "" : $" · {_index}");

    /// <summary>The same as <c>version</c> and <c>age</c> (seconds) of a JSON answer.</summary>
    public void AddVersion(System.Text.Json.Nodes.JsonObject answer)
    {
        answer["version"] = Snapshot.Version;
        if (_age is { } age) answer["age"] = Math.Round(age.TotalSeconds, 1);
        if (_index is not null) answer["index"] = _index;
    }

    private static (Snapshot Snapshot, TimeSpan? Age) Now(ContextStore store, ToolContext context, CancellationToken cancellationToken)
    {
        var begun = store.Options.Time.GetUtcNow();
        var snapshot = store.Current(context.Progress, cancellationToken);
        return (snapshot, snapshot.AsOf < begun ? store.AgeOf(snapshot) : null);
    }
}
