using System.Text.Json.Nodes;

namespace Rlm.Mcp.Tools;

/// <summary>What a tool is called, takes and promises. Constant: two listings are byte-equal across repositories and time.</summary>
internal sealed record ToolDefinition(string Name, string Title, string Description, IReadOnlyList<ToolParameter> Parameters)
{
    /// <summary>Changes nothing.</summary>
    public bool ReadOnly { get; init; } = true;

    /// <summary>Talks to something outside this machine.</summary>
    public bool OpenWorld { get; init; }

    /// <summary>Whether its lists go on whatever happened to files since: they are not of a snapshot.</summary>
    public bool CursorsOutliveFiles { get; init; }

    /// <summary>Kept in the client's prompt instead of behind its tool search.</summary>
    public bool AlwaysLoad { get; init; } = true;

    /// <summary>The JSON Schema (2020-12) of the arguments.</summary>
    public JsonObject InputSchema()
    {
        var properties = new JsonObject();
        foreach (var parameter in Parameters) properties[parameter.Name] = parameter.Schema();
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        var required = Parameters.Where(p => p.Required).Select(p => (JsonNode)p.Name).ToArray();
        if (required.Length > 0) schema["required"] = new JsonArray(required);
        schema["additionalProperties"] = false;
        return schema;
    }
}

/// <summary>The JSON type of an argument.</summary>
internal enum ParameterType { Text, Integer, Number, Flag, TextList, Object, Json, ObjectList }

/// <summary>One argument of a tool; also one flag of the command line.</summary>
/// <param name="Name">As in the contract.</param>
/// <param name="Type">Its JSON type.</param>
/// <param name="Description">Under 60 characters: unit, base, example.</param>
internal sealed record ToolParameter(string Name, ParameterType Type, string Description)
{
    /// <summary>Must be given (unless a cursor is).</summary>
    public bool Required { get; init; }

    /// <summary>Legal values of an enumeration; empty when free.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>Values of the contract that this version cannot do yet, with what to do instead; not in the schema, refused with <c>not_available</c>.</summary>
    public IReadOnlyDictionary<string, string> Later { get; init; } = new Dictionary<string, string>();

    /// <summary>Filled by words without a flag on the command line (<c>search PATTERN</c>).</summary>
    public bool Positional { get; init; }

    public JsonObject Schema()
    {
        var schema = Type switch
        {
            ParameterType.Text => new JsonObject { ["type"] = "string" },
            ParameterType.Integer => new JsonObject { ["type"] = "integer" },
            ParameterType.Number => new JsonObject { ["type"] = "number" },
            ParameterType.Flag => new JsonObject { ["type"] = "boolean" },
            ParameterType.TextList => new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
            ParameterType.Object => new JsonObject { ["type"] = "object" },
            // Any JSON is taken; the schema says what is usual, since clients mark a schema without a type.
            ParameterType.Json => new JsonObject { ["type"] = "string" },
            ParameterType.ObjectList => new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object" } },
            _ => throw new InvalidOperationException(),
        };
        if (Values.Count > 0) schema["enum"] = new JsonArray([.. Values.Select(v => (JsonNode)v)]);
        schema["description"] = Description;
        return schema;
    }
}
