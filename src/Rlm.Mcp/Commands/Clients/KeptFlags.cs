using System.Text.Json.Nodes;

namespace Rlm.Mcp.Commands.Clients;

/// <summary>The flags of an entry that is written again: those given now, and of those before what is not given now.</summary>
internal static class KeptFlags
{
    /// <summary>The words of the new command, with what stood behind the verb in the old one and is not among the new flags.</summary>
    public static JsonArray Merged(JsonArray before, JsonArray now, string verb)
    {
        var (old, given) = (Flags(before, verb), Flags(now, verb).Select(flag => flag.Name).ToHashSet(StringComparer.Ordinal));
        return new([.. now.Select(word => word?.DeepClone()), .. old.Where(flag => !given.Contains(flag.Name)).SelectMany(flag => flag.Words).Select(word => (JsonNode)word)]);
    }

    private static List<(string Name, List<string> Words)> Flags(JsonArray command, string verb)
    {
        var words = command.OfType<JsonValue>().Select(value => value.TryGetValue(out string? word) ? word : value.ToJsonString()).SkipWhile(word => word != verb).Skip(1);
        var flags = new List<(string Name, List<string> Words)>();
        foreach (var word in words)
            if (word.StartsWith("--", StringComparison.Ordinal)) flags.Add((word.Split('=')[0], [word]));
            else if (flags.Count > 0) flags[^1].Words.Add(word);
        return flags;
    }
}
