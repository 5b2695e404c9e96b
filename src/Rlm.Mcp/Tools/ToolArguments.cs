using System.Text.Json;

namespace Rlm.Mcp.Tools;

/// <summary>
/// The arguments of one call, checked against the tool's definition: unknown names, wrong types and values outside an enumeration are refused
/// with the legal list (<c>bad_argument</c>). Absent and JSON null mean the same.
/// </summary>
internal sealed class ToolArguments
{
    private readonly IReadOnlyDictionary<string, JsonElement> _values;

    private ToolArguments(IReadOnlyDictionary<string, JsonElement> values) => _values = values;

    /// <summary>Checks raw arguments. Does not check that required ones are there: a cursor may stand for them.</summary>
    public static ToolArguments Check(ToolDefinition definition, IEnumerable<KeyValuePair<string, JsonElement>> raw) => throw new NotImplementedException();

    /// <summary>What was given, by name.</summary>
    public IReadOnlyDictionary<string, JsonElement> Given => _values;
}
