using System.Globalization;
using System.Text;
using System.Text.Json;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Commands;

/// <summary>Words and flags to the JSON arguments that the tool takes from MCP clients too.</summary>
internal static class ToolValues
{
    /// <exception cref="UsageException">A value of the wrong type or outside its enumeration, a word too many, or a parameter given twice.</exception>
    public static IReadOnlyDictionary<string, JsonElement> From(
        IReadOnlyList<(ToolParameter Parameter, Flag Flag)> parameters, IReadOnlyList<ToolParameter> positional, CommandArguments arguments)
    {
        var values = new Dictionary<string, JsonElement>();
        foreach (var (parameter, flag) in parameters)
            if (arguments.All(flag) is { Count: > 0 } given) values[parameter.Name] = Element(parameter, flag.Name, flag.Kind == FlagKind.List ? given : [given[^1]]);
        var words = new Queue<string>(arguments.Words);
        foreach (var parameter in positional)
        {
            if (words.Count == 0) break;
            if (values.ContainsKey(parameter.Name)) continue; // its flag was used: the words are for the next one
            var own = parameter.Type == ParameterType.TextList ? [.. words] : new[] { words.Peek() };
            for (var taken = 0; taken < own.Length; taken++) words.Dequeue();
            values[parameter.Name] = Element(parameter, parameter.Name.ToUpperInvariant(), own);
        }
        return words.Count == 0 ? values : throw new UsageException($"\"{words.Peek()}\" is one word too many. Quote what belongs together.");
    }

    private static JsonElement Element(ToolParameter parameter, string label, IReadOnlyList<string> given)
    {
        foreach (var value in given)
            if (parameter.Values.Count > 0 && !parameter.Values.Contains(value))
                throw new UsageException($"{label}: \"{value}\" is not a legal value.{Hints.Near(value, parameter.Values)} Legal: {string.Join(", ", parameter.Values)}.");
        var text = Sound(given[^1]);
        return parameter.Type switch
        {
            ParameterType.Text => Written(writer => writer.WriteStringValue(text)),
            ParameterType.TextList => Written(writer => WriteList(writer, given)),
            ParameterType.Flag => bool.TryParse(text, out var on) ? Written(writer => writer.WriteBooleanValue(on)) : throw Bad(label, text, "neither true nor false"),
            ParameterType.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? Written(writer => writer.WriteNumberValue(number)) : throw Bad(label, text, "not a whole number"),
            ParameterType.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? Written(writer => writer.WriteNumberValue(number)) : throw Bad(label, text, "not a number"),
            ParameterType.Object => ParseObject(label, text),
            _ => throw new InvalidOperationException($"no such type: {parameter.Type}"),
        };
    }

    private static JsonElement ParseObject(string label, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw Bad(label, text, "not a JSON object");
        }
        catch (JsonException)
        {
            throw Bad(label, text, "not a JSON object");
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
