using System.Globalization;
using Rlm.Recursion;
using Rlm.Recursion.Context;

namespace Rlm.Mcp.Commands.Comparing;

/// <summary>One way to ask, a row of the table.</summary>
/// <param name="Mode"><c>auto</c>, <c>ask</c>, <c>map</c> or <c>agent</c>.</param>
/// <param name="Per">The unit of a map; null for the best for the scope.</param>
/// <param name="Depth">Deepest session allowed; null for the operator's.</param>
internal sealed record Variant(string Mode, UnitKind? Per, int? Depth)
{
    private static readonly string[] Modes = ["auto", "ask", "map", "agent"], Units = ["file", "symbol", "match", "chunk", "pair"];

    /// <summary>An agent that has no sub-agents: what recursion is to be compared with.</summary>
    public static Variant Alone { get; } = new("agent", null, 0);

    /// <summary>For the table.</summary>
    public string Name => Mode + (Per is { } per ? $" per {per.ToString().ToLowerInvariant()}" : "") + (Depth is { } depth ? string.Create(CultureInfo.InvariantCulture, $" depth {depth}") : "");

    /// <summary>All combinations of what is varied, each once: <c>per</c> counts for maps only, and <c>depth</c> only where there may be sub-agents.</summary>
    /// <param name="vary"><c>per=file,symbol</c>, <c>mode=ask,map</c>, <c>depth=0,1</c>.</param>
    /// <exception cref="UsageException">A name or value that there is not.</exception>
    public static IReadOnlyList<Variant> Of(IReadOnlyList<string> vary)
    {
        var values = new Dictionary<string, string[]>(StringComparer.Ordinal) { ["mode"] = ["auto"], ["per"] = [""], ["depth"] = [""] };
        foreach (var text in vary)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? text : text[..equals];
            if (equals < 0 || !values.ContainsKey(name)) throw new UsageException($"--vary: \"{text}\" varies nothing.{Hints.Near(name, [.. values.Keys])} Write per=file,symbol or mode=ask,map,agent or depth=0,1,2.");
            values[name] = text[(equals + 1)..].Split(',', StringSplitOptions.TrimEntries);
        }
        return [.. (from mode in values["mode"] from per in values["per"] from depth in values["depth"] select Read(mode, per, depth)).Distinct()];
    }

    /// <summary>What is asked of the engine.</summary>
    public RecurseRequest Request(ComparedQuestion question) => new(question.Task) { Over = question.Over, Mode = Mode, Per = Per, Limits = new() { Depth = Depth } };

    private static Variant Read(string mode, string per, string depth)
    {
        if (!Modes.Contains(mode)) throw Bad("mode", mode, Modes);
        if (per.Length > 0 && !Units.Contains(per)) throw Bad("per", per, Units);
        var number = 0;
        if (depth.Length > 0 && (!int.TryParse(depth, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number > RecursionOptions.HardDepth)) throw Bad("depth", depth, ["0", "1", "2", "3", "4"]);
        return new(mode, per.Length == 0 || mode is "ask" or "agent" ? null : Enum.Parse<UnitKind>(per, ignoreCase: true), depth.Length == 0 || mode is "ask" or "map" ? null : number);
    }

    private static UsageException Bad(string name, string value, string[] legal) => new($"--vary {name}: \"{value}\" is not a legal value.{Hints.Near(value, legal)} Legal: {string.Join(", ", legal)}.");
}
