using System.Text.Json;

namespace Rlm.Mcp.Tools;

/// <summary>
/// The arguments of one call, checked against the tool's definition: unknown names, wrong types and values outside an enumeration are refused
/// with the legal list (<c>bad_argument</c>). Absent and JSON null mean the same. A single text stands for a list of one.
/// </summary>
internal sealed class ToolArguments
{
    private readonly SortedDictionary<string, JsonElement> _values;

    private ToolArguments(SortedDictionary<string, JsonElement> values) => _values = values;

    /// <summary>What was given, by name, in ordinal order.</summary>
    public IReadOnlyDictionary<string, JsonElement> Given => _values;

    /// <summary>Checks raw arguments. Does not check that required ones are there: a cursor may stand for them.</summary>
    /// <exception cref="ToolException"><c>bad_argument</c>, <c>unknown_session</c> or <c>not_available</c>.</exception>
    public static ToolArguments Check(ToolDefinition definition, IEnumerable<KeyValuePair<string, JsonElement>> raw)
    {
        var values = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, value) in raw)
        {
            if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) continue;
            var parameter = definition.Parameters.FirstOrDefault(candidate => candidate.Name == name) ?? throw Unknown(definition, name);
            Check(parameter, value);
            values[name] = value;
        }
        return new(values);
    }

    /// <summary>The same arguments with those of a cursor's query; given ones must be equal to it.</summary>
    public static ToolArguments Merge(ToolArguments given, IReadOnlyDictionary<string, JsonElement> query)
    {
        var merged = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (name, value) in query) merged[name] = value;
        foreach (var (name, value) in given._values)
        {
            if (name is "cursor") continue;
            if (name is not "budget" && !(query.TryGetValue(name, out var before) && JsonElement.DeepEquals(before, value)))
                throw new ToolException(ErrorCodes.BadArgument, $"{name} differs from the query that the cursor continues", "Give the cursor alone, or the same arguments as before.");
            merged[name] = value;
        }
        return new(merged);
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public string? Text(string name) => _values.TryGetValue(name, out var value) ? value.GetString() : null;

    /// <exception cref="ToolException">It is missing.</exception>
    public string RequiredText(string name) => Text(name) ?? throw Missing(name);

    public string Choice(string name, string standard) => Text(name) ?? standard;

    public bool Flag(string name) => _values.TryGetValue(name, out var value) && value.GetBoolean();

    public IReadOnlyList<string> TextList(string name) => !_values.TryGetValue(name, out var value) ? []
        : value.ValueKind == JsonValueKind.String ? [value.GetString()!]
        : [.. value.EnumerateArray().Select(item => item.GetString()!)];

    /// <exception cref="ToolException">It is out of range.</exception>
    public int? Integer(string name, int least, int most)
    {
        if (!_values.TryGetValue(name, out var value)) return null;
        if (value.TryGetDouble(out var number) && number >= least && number <= most) return (int)number;
        throw new ToolException(ErrorCodes.BadArgument, $"{name} {Shown(value)} is out of range; it may be {least:N0} to {most:N0}");
    }

    /// <exception cref="ToolException">It is out of range.</exception>
    public double? Number(string name, double least, double most)
    {
        if (!_values.TryGetValue(name, out var value)) return null;
        if (value.TryGetDouble(out var number) && number >= least && number <= most) return number;
        throw new ToolException(ErrorCodes.BadArgument, $"{name} {Shown(value)} is out of range; it may be {least:N0} to {most:N0}");
    }

    public static ToolException Missing(string name) => new(ErrorCodes.BadArgument, $"{name} is missing", $"Give {name}.");

    private static void Check(ToolParameter parameter, JsonElement value)
    {
        var (fits, wanted) = parameter.Type switch
        {
            ParameterType.Text => (value.ValueKind == JsonValueKind.String, "a text"),
            ParameterType.Integer => (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && Math.Floor(number) == number, "a whole number"),
            ParameterType.Number => (value.ValueKind == JsonValueKind.Number, "a number"),
            ParameterType.Flag => (value.ValueKind is JsonValueKind.True or JsonValueKind.False, "true or false"),
            ParameterType.TextList => (value.ValueKind == JsonValueKind.String || (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)), "a list of texts"),
            ParameterType.Object => (value.ValueKind == JsonValueKind.Object, "an object"),
            ParameterType.Json => (true, ""),
            ParameterType.ObjectList => (value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object), "a list of objects"),
            _ => throw new InvalidOperationException(),
        };
        if (!IsText(value)) throw new ToolException(ErrorCodes.BadArgument, $"{parameter.Name} holds half a surrogate pair, which is no text", "Send the character whole.");
        if (!fits) throw new ToolException(ErrorCodes.BadArgument, $"{parameter.Name} must be {wanted}, not {Shown(value)}");
        if (parameter.Later.TryGetValue(value.ValueKind == JsonValueKind.String ? value.GetString()! : "", out var instead))
            throw new ToolException(ErrorCodes.NotAvailable, $"{parameter.Name} {value.GetString()} is not built in yet", instead);
        if (parameter.Values.Count > 0 && !parameter.Values.Contains(value.GetString()!, StringComparer.Ordinal))
            throw new ToolException(ErrorCodes.BadArgument, $"{parameter.Name} {Shown(value)} is not one of {string.Join(", ", parameter.Values)}", null, Rlm.Context.NearNames.Of(value.GetString()!, parameter.Values));
    }

    // JSON may spell what no text can hold ("\ud800"); the reader throws when such a string is asked for.
    private static bool IsText(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString() is not null,
                JsonValueKind.Array => value.EnumerateArray().All(IsText),
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static ToolException Unknown(ToolDefinition definition, string name)
    {
        if (name == "session") return new(ErrorCodes.UnknownSession, $"a session was named, and {definition.Name} runs in none", "Call again without session.");
        var names = definition.Parameters.Select(parameter => parameter.Name).ToArray();
        var shown = Rlm.Context.Files.NameEscaping.Escape(name.Length > 60 ? name[..60] + "…" : name);
        return new(ErrorCodes.BadArgument, $"{definition.Name} has no argument {shown}; it takes {string.Join(", ", names)}", null, Rlm.Context.NearNames.Of(name, names));
    }

    private static string Shown(JsonElement value)
    {
        var text = Rlm.Context.Files.NameEscaping.Escape(value.GetRawText());
        return text.Length > 60 ? text[..60] + "…" : text;
    }
}
