using System.Globalization;
using System.Text;
using System.Text.Json;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Commands;

/// <summary>What was typed for a parameter as the JSON that the tool takes from MCP clients too.</summary>
internal static class ToolValues
{
    /// <param name="parameter">Says which type is wanted.</param>
    /// <param name="label">For messages: <c>--limit</c>.</param>
    /// <param name="given">At least one; only a list uses more than the last.</param>
    /// <exception cref="UsageException">A value of the wrong type or outside its enumeration.</exception>
    public static JsonElement Of(ToolParameter parameter, string label, IReadOnlyList<string> given)
    {
        foreach (var value in parameter.Type == ParameterType.TextList ? given : [given[^1]])
            if (parameter.Values.Count > 0 && !parameter.Values.Contains(value) && !parameter.Later.ContainsKey(value))
                throw new UsageException($"{label}: \"{value}\" is not a legal value.{Hints.Near(value, parameter.Values)} Legal: {string.Join(", ", parameter.Values)}.");
        var text = Sound(given[^1]);
        return parameter.Type switch
        {
            ParameterType.Text => Written(writer => writer.WriteStringValue(text)),
            ParameterType.TextList => Written(writer => WriteList(writer, given)),
            ParameterType.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? Written(writer => writer.WriteNumberValue(number)) : throw Bad(label, text, "not a whole number"),
            ParameterType.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? Written(writer => writer.WriteNumberValue(number)) : throw Bad(label, text, "not a number"),
            ParameterType.Object => Parsed(label, text, JsonValueKind.Object, "not a JSON object"),
            ParameterType.ObjectList => Parsed(label, text, JsonValueKind.Array, "not a JSON list"),
            ParameterType.Json => Written(writer => writer.WriteStringValue(text)),
            _ => throw new InvalidOperationException($"no such type: {parameter.Type}"),
        };
    }

    private static JsonElement Parsed(string label, string text, JsonValueKind kind, string otherwise)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == kind ? document.RootElement.Clone() : throw Bad(label, text, otherwise);
        }
        catch (JsonException)
        {
            throw Bad(label, text, otherwise);
        }
    }

    private static void WriteList(Utf8JsonWriter writer, IReadOnlyList<string> items)
    {
        writer.WriteStartArray();
        foreach (var item in items) writer.WriteStringValue(Sound(item));
        writer.WriteEndArray();
    }

    private static JsonElement Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) write(writer);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    // Half a surrogate pair cannot be JSON; Windows lets one through on a command line.
    private static string Sound(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static UsageException Bad(string label, string text, string what) => new($"{label}: \"{text}\" is {what}.");
}
