using System.Globalization;
using System.Text.Json;

namespace Rlm.Recursion.Running.Checking;

/// <summary>
/// A JSON schema that values are checked against: the part of JSON Schema 2020-12 that says what a value may look like, without references.
/// <code>
/// JsonShape.Of(schema).Breach(value)  ->  null, or "$.kind must be one of 3 values"
/// </code>
/// A keyword that would narrow what is allowed and is not known here is refused when the schema is read: left out in silence it would let wrong values through.
/// </summary>
internal sealed class JsonShape
{
    private const int MaxCharacters = 64_000, MaxDepth = 32, MaxSteps = 1_000_000;

    private readonly ShapeRules _root;

    private JsonShape(ShapeRules root, string text) => (_root, Text) = (root, text);

    /// <summary>The schema as compact JSON.</summary>
    public string Text { get; }

    /// <summary>Reads a schema.</summary>
    /// <exception cref="RecursionException"><c>bad_argument</c>: it is no schema, is too large or too deep, or uses what is not known here.</exception>
    public static JsonShape Of(JsonElement schema)
    {
        var text = schema.GetRawText();
        if (text.Length > MaxCharacters) throw Bad(string.Create(CultureInfo.InvariantCulture, $"it has {text.Length:N0} characters, and at most {MaxCharacters:N0} are read"));
        try
        {
            return new(ShapeReader.Read(schema, "$", MaxDepth), JsonSerializer.Serialize(schema));
        }
        catch (InvalidOperationException)
        {
            throw Bad("it holds text that is no valid Unicode");
        }
    }

    /// <summary>The first way in which a value breaks the schema, in words with its place; null when it fits. Costs at most a million steps.</summary>
    public string? Breach(JsonElement value) => new ShapeCheck(MaxSteps).Breach(_root, value, "$");

    internal static RecursionException Bad(string why) => new("bad_argument", "schema: " + why, "Give a JSON schema of type, enum, const, properties, required, items, limits, pattern and anyOf/oneOf/allOf/not.");
}
