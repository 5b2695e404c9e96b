using System.Text.Json;

namespace Rlm.Mcp.Commands;

/// <summary>
/// The user's configuration file: one JSON object whose keys are the operator's flags without dashes, comments allowed.
/// <code>{ "max-file": 16, "allow-secret": ["tests/keys/dummy.pem"], "offline": true }</code>
/// </summary>
internal static class ConfigFile
{
    /// <summary>The values by flag. Keys that no flag has are named in <paramref name="warnings"/> and otherwise ignored.</summary>
    /// <exception cref="UsageException">Unreadable, not a JSON object, or a value of the wrong type. A setting such as <c>offline</c> must not get lost in silence.</exception>
    public static IReadOnlyDictionary<Flag, IReadOnlyList<string>> Read(string file, ICollection<string> warnings)
    {
        using var document = Parse(file);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new UsageException($"{file} must hold one JSON object.");
        var flags = OperatorFlags.All.Where(flag => flag != OperatorFlags.Config).ToDictionary(OperatorFlags.KeyOf);
        var values = new Dictionary<Flag, IReadOnlyList<string>>();
        foreach (var property in document.RootElement.EnumerateObject())
            if (flags.TryGetValue(property.Name, out var flag)) values[flag] = Values(file, flag, property.Value);
            else warnings.Add($"{file}: unknown key \"{property.Name}\" ignored.{Hints.Near(property.Name, flags.Keys)} Known keys: {string.Join(", ", flags.Keys)}.");
        return values;
    }

    private static JsonDocument Parse(string file)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(file).AsMemory(), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        }
        catch (JsonException fault)
        {
            throw new UsageException($"{file} is not valid JSON (line {fault.LineNumber + 1}). Correct it or move it away.");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{file} cannot be read: {fault.Message}");
        }
    }

    private static IReadOnlyList<string> Values(string file, Flag flag, JsonElement value) => (flag.Kind, value.ValueKind) switch
    {
        (FlagKind.List, JsonValueKind.Array) when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) => [.. value.EnumerateArray().Select(item => item.GetString()!)],
        (FlagKind.List or FlagKind.Value, JsonValueKind.String) => [value.GetString()!],
        (FlagKind.Value, JsonValueKind.Number) => [value.GetRawText()],
        (FlagKind.Switch, JsonValueKind.True or JsonValueKind.False) => [value.GetBoolean() ? "true" : "false"],
        _ => throw new UsageException($"{file}: \"{OperatorFlags.KeyOf(flag)}\" must be {Expected(flag.Kind)}."),
    };

    private static string Expected(FlagKind kind) => kind switch
    {
        FlagKind.Switch => "true or false",
        FlagKind.List => "a list of strings",
        _ => "a string or a number",
    };
}
