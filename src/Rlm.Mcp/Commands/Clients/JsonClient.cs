using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rlm.Mcp.Commands.Clients;

/// <summary>A client whose settings are JSON with one object of servers by name.</summary>
/// <param name="file">Its settings file.</param>
/// <param name="folder">Where that must lie.</param>
/// <param name="serversKey"><c>mcpServers</c>, <c>servers</c> or <c>mcp</c>.</param>
/// <param name="fixedKeys">Keys and values that an entry must have: the command above all.</param>
/// <param name="defaults">Keys and values for a new entry; an existing one keeps its own.</param>
internal sealed class JsonClient(
    string file, string folder, string serversKey, IReadOnlyList<(string Key, JsonNode Value)> fixedKeys, IReadOnlyList<(string Key, JsonNode Value)> defaults) : Client(file, folder)
{
    private const string EntryName = "rlm", Verb = "serve";
    private static readonly string[] Programs = ["rlm", "rlm.cmd", "rlm-mcp", "rlm-mcp.exe", "rlm-mcp.dll", "Rlm.Mcp"];

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override string Snippet => Fresh();

    public override Edit Apply(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return Edit.To(Fresh() + "\n");
        if (JsonSplice.Parse(text, out var problem) is not { } splice) return Edit.Refused(problem!);
        if (splice.Object(serversKey, out problem) is not { } servers)
            return problem is not null ? Edit.Refused(problem) : Edit.To(splice.Insert(splice.Root, serversKey, new JsonObject { [EntryName] = Entry(null) }));
        var existing = servers.Find(EntryName);
        if (existing is null) return Edit.To(splice.Insert(servers, EntryName, Entry(null)));
        if (existing.Value.Node is not JsonObject old) return Edit.Refused($"\"{EntryName}\" in \"{serversKey}\" is not an object.");
        if (!IsOurs(old)) return Edit.Refused($"\"{EntryName}\" in \"{serversKey}\" is another server: its command is none of this program's.");
        var entry = Entry(old);
        return Edit.To(JsonNode.DeepEquals(entry, old) ? text : splice.Replace(existing.Value, entry));
    }

    private string Fresh() => new JsonObject { [serversKey] = new JsonObject { [EntryName] = Entry(null) } }.ToJsonString(Readable);

    // Every form of our command names this program and says "serve", whatever starts it; a server of the same name that is somebody else's is no business of ours.
    private static bool IsOurs(JsonObject entry)
    {
        string[] words = [.. Words(entry["command"]), .. Words(entry["args"])];
        return words.Contains(Verb) && words.Any(word => Programs.Contains(word.Split('/', '\\')[^1], StringComparer.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Words(JsonNode? node) => node switch
    {
        JsonArray words => words.SelectMany(Words),
        JsonValue value when value.TryGetValue(out string? word) => [word],
        _ => [],
    };

    // Our keys first; whatever else the user put there (env, timeout, flags behind our command) stays.
    private JsonObject Entry(JsonObject? old)
    {
        var entry = new JsonObject();
        foreach (var (key, value) in fixedKeys) entry[key] = old?[key] is JsonArray before && value is JsonArray now ? KeptFlags.Merged(before, now, Verb) : value.DeepClone();
        if (old is null)
            foreach (var (key, value) in defaults) entry[key] = value.DeepClone();
        else
            foreach (var (key, value) in old)
                if (!entry.ContainsKey(key)) entry[key] = value?.DeepClone();
        return entry;
    }
}
