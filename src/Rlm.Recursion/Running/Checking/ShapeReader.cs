using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rlm.Recursion.Running.Checking;

/// <summary>Reads schemas into rules and refuses what it does not know.</summary>
internal static class ShapeReader
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(100);
    private static readonly HashSet<string> TypeNames = ["object", "array", "string", "number", "integer", "boolean", "null"];
    private static readonly HashSet<string> LimitNames =
        ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];

    // These say something to people or name the schema, and allow or forbid no value.
    private static readonly HashSet<string> Words = ["title", "description", "default", "examples", "format", "deprecated", "readOnly", "writeOnly", "$schema", "$id", "$comment"];

    /// <summary>Reads one schema.</summary>
    /// <exception cref="RecursionException"><c>bad_argument</c>, with the place.</exception>
    public static ShapeRules Read(JsonElement schema, string at, int depth)
    {
        if (depth == 0) throw JsonShape.Bad($"{at} is nested too deeply");
        if (schema.ValueKind is JsonValueKind.True) return new();
        if (schema.ValueKind is JsonValueKind.False) return new() { IsNever = true };
        if (schema.ValueKind is not JsonValueKind.Object) throw JsonShape.Bad($"{at} must be an object");
        return schema.EnumerateObject().Aggregate(new ShapeRules(), (rules, keyword) => With(rules, keyword, $"{at}.{keyword.Name}", depth - 1));
    }

    private static ShapeRules With(ShapeRules rules, JsonProperty keyword, string at, int depth)
    {
        var value = keyword.Value;
        return keyword.Name switch
        {
            "type" => rules with { Types = Types(value, at) },
            "enum" => rules with { OneOfValues = [.. Array(value, at).Select(item => item.Clone())] },
            "const" => rules with { OneOfValues = [value.Clone()] },
            "required" => rules with { Required = [.. Array(value, at).Select(item => Text(item, at))] },
            "properties" => rules with { Properties = Properties(value, at, depth) },
            "additionalProperties" => rules with { OtherProperties = Read(value, at, depth) },
            "items" => rules with { Items = Read(value, at, depth) },
            "uniqueItems" => rules with { HasUniqueItems = value.ValueKind is JsonValueKind.True },
            "pattern" => rules with { Pattern = Pattern(Text(value, at), at) },
            "anyOf" => rules with { AnyOf = Several(value, at, depth) },
            "oneOf" => rules with { OneOf = Several(value, at, depth) },
            "allOf" => rules with { AllOf = Several(value, at, depth) },
            "not" => rules with { Not = Read(value, at, depth) },
            "$ref" or "$dynamicRef" => throw JsonShape.Bad($"{at}: references are not followed; write the schema out in place"),
            "$defs" or "definitions" => rules,
            var limit when LimitNames.Contains(limit) => rules with { Limits = new Dictionary<string, double>(rules.Limits) { [limit] = Number(value, at) } },
            var word when Words.Contains(word) => rules,
            _ => throw JsonShape.Bad($"{at} is not known here"),
        };
    }

    private static IReadOnlyList<string> Types(JsonElement value, string at)
    {
        IReadOnlyList<string> names = value.ValueKind is JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => Text(item, at))] : [Text(value, at)];
        return names.FirstOrDefault(name => !TypeNames.Contains(name)) is { } unknown ? throw JsonShape.Bad($"{at}: there is no type {unknown}") : names;
    }

    private static Dictionary<string, ShapeRules> Properties(JsonElement value, string at, int depth)
    {
        if (value.ValueKind is not JsonValueKind.Object) throw JsonShape.Bad($"{at} must be an object");
        var properties = new Dictionary<string, ShapeRules>();
        foreach (var property in value.EnumerateObject()) properties[property.Name] = Read(property.Value, $"{at}.{property.Name}", depth);
        return properties;
    }

    private static List<ShapeRules> Several(JsonElement value, string at, int depth)
    {
        var several = Array(value, at).Select((item, index) => Read(item, $"{at}[{index}]", depth)).ToList();
        return several.Count > 0 ? several : throw JsonShape.Bad($"{at} is empty");
    }

    private static JsonElement.ArrayEnumerator Array(JsonElement value, string at) => value.ValueKind is JsonValueKind.Array ? value.EnumerateArray() : throw JsonShape.Bad($"{at} must be an array");

    private static string Text(JsonElement value, string at) => value.ValueKind is JsonValueKind.String ? value.GetString()! : throw JsonShape.Bad($"{at} must hold text");

    private static double Number(JsonElement value, string at) => value.ValueKind is JsonValueKind.Number ? value.GetDouble() : throw JsonShape.Bad($"{at} must be a number");

    private static Regex Pattern(string pattern, string at)
    {
        try
        {
            return new(pattern, RegexOptions.CultureInvariant, PatternTime);
        }
        catch (ArgumentException)
        {
            throw JsonShape.Bad($"{at} is no regular expression");
        }
    }
}
