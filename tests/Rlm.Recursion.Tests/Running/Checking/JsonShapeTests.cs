using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Recursion.Running.Checking;
using Rlm.Recursion.Tests.Doubles;

namespace Rlm.Recursion.Tests.Running.Checking;

public class JsonShapeTests
{
    [Theory]
    [InlineData("""{"type":"integer"}""", "3.0", null)]
    [InlineData("""{"type":"integer"}""", "3.5", "$ must be integer")]
    [InlineData("""{"type":["string","null"]}""", "null", null)]
    [InlineData("""{"enum":["a",1]}""", "1.0", null)]
    [InlineData("""{"enum":["a",1]}""", "\"b\"", "$ must be one of \"a\", 1")]
    [InlineData("""{"const":{"a":[1]}}""", """{"a":[1]}""", null)]
    [InlineData("""{"required":["a"]}""", "{}", "$.a is missing")]
    [InlineData("""{"required":["a"]}""", "3", null)]
    [InlineData("""{"properties":{"a":{"type":"string"}},"additionalProperties":false}""", """{"a":"","b":1}""", "$.b is not allowed")]
    [InlineData("""{"items":{"type":"number"},"maxItems":2}""", "[1,\"x\"]", "$[1] must be number")]
    [InlineData("""{"items":{"type":"number"},"maxItems":2}""", "[1,2,3]", "$ must have at most 2 items")]
    [InlineData("""{"uniqueItems":true}""", "[{\"a\":1},{\"a\":1.0}]", "$ must hold nothing twice")]
    [InlineData("""{"minLength":2,"maxLength":2}""", "\"\\ud83d\\ude00\\ud83d\\ude00\"", null)]
    [InlineData("""{"minimum":1,"exclusiveMaximum":2}""", "2", "$ must be below 2")]
    [InlineData("""{"pattern":"^a+$"}""", "\"ab\"", "$ must match ^a+$")]
    [InlineData("""{"pattern":"^(a+)+$"}""", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"", "$ takes too long to match")]
    [InlineData("""{"anyOf":[{"type":"string"},{"minimum":5}]}""", "3", "$ fits none of anyOf")]
    [InlineData("""{"oneOf":[{"minimum":1},{"minimum":5}]}""", "7", "$ must fit one of oneOf, and fits 2")]
    [InlineData("""{"not":{"type":"string"}}""", "\"a\"", "$ is what it must not be")]
    [InlineData("true", "1", null)]
    [InlineData("false", "1", "$ is not allowed")]
    public void Breach_NamesThePlace(string schema, string value, string? expected) => Assert.Equal(expected, JsonShape.Of(Some.Json(schema)).Breach(Some.Json(value)));

    [Theory]
    [InlineData("""{"properties":{"a":{"$ref":"#/$defs/a"}}}""", "references are not followed")]
    [InlineData("""{"if":{}}""", "is not known here")]
    [InlineData("""{"type":"text"}""", "there is no type text")]
    [InlineData("""{"pattern":"("}""", "is no regular expression")]
    [InlineData("""{"minimum":"1"}""", "must be a number")]
    [InlineData("[]", "must be an object")]
    public void SchemaThatCannotBeKept_BadArgument(string schema, string why)
    {
        var error = Assert.Throws<RecursionException>(() => JsonShape.Of(Some.Json(schema)));
        Assert.Equal("bad_argument", error.Code);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DeepOrHugeSchemas_BadArgument()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"items\":", 40)) + "{}" + new string('}', 40);
        Assert.Throws<RecursionException>(() => JsonShape.Of(Some.Json(deep)));
        Assert.Throws<RecursionException>(() => JsonShape.Of(Some.Json($$"""{"title":"{{new string('x', 70_000)}}"}""")));
    }

    [Fact]
    public void MuchToCheck_IsBounded()
    {
        var any = string.Join(',', Enumerable.Repeat("""{"type":"string"}""", 3_000));
        var value = "[" + string.Join(',', Enumerable.Repeat("1", 20_000)) + "]";
        Assert.NotNull(JsonShape.Of(Some.Json($$$"""{"items":{"anyOf":[{{{any}}}]}}""")).Breach(Some.Json(value)));
    }

    // The oracle reads schemas anew, by sets of truths instead of first breaches.
    [Fact]
    public void RandomSchemasAndValues_AsANaiveReading()
    {
        var random = new Random(5);
        var fits = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var (schema, value) = (Schema(random, 3), Value(random, 3));
            var expected = Holds(schema, value);
            fits += expected ? 1 : 0;
            Assert.True(expected == (JsonShape.Of(Some.Json(schema?.ToJsonString() ?? "null")).Breach(Some.Json(Text(value))) is null), $"{schema} {Text(value)}");
        }
        Assert.InRange(fits, 2_000, 18_000);
    }

    private static bool Holds(JsonNode? node, JsonNode? value)
    {
        if (node is not JsonObject schema) return node!.GetValue<bool>();
        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        return schema.All(rule => rule.Key switch
        {
            "type" => rule.Value!.GetValue<string>() switch { "string" => kind is JsonValueKind.String, "integer" => kind is JsonValueKind.Number && value!.GetValue<double>() % 1 == 0, "array" => kind is JsonValueKind.Array, "object" => kind is JsonValueKind.Object, _ => kind is JsonValueKind.Null },
            "enum" => rule.Value!.AsArray().Any(one => Text(one) == Text(value)),
            "required" => value is not JsonObject known || rule.Value!.AsArray().All(name => known.ContainsKey(name!.GetValue<string>())),
            "properties" => value is not JsonObject had || rule.Value!.AsObject().All(property => !had.ContainsKey(property.Key) || Holds(property.Value, had[property.Key])),
            "additionalProperties" => value is not JsonObject all || all.Where(property => schema["properties"] is not JsonObject named || !named.ContainsKey(property.Key)).All(property => Holds(rule.Value, property.Value)),
            "items" => value is not JsonArray items || items.All(item => Holds(rule.Value, item)),
            "minItems" => value is not JsonArray few || few.Count >= rule.Value!.GetValue<double>(),
            "minimum" => kind is not JsonValueKind.Number || value!.GetValue<double>() >= rule.Value!.GetValue<double>(),
            "maxLength" => kind is not JsonValueKind.String || value!.GetValue<string>().Length <= rule.Value!.GetValue<double>(),
            "anyOf" => rule.Value!.AsArray().Any(one => Holds(one, value)),
            "oneOf" => rule.Value!.AsArray().Count(one => Holds(one, value)) == 1,
            "allOf" => rule.Value!.AsArray().All(one => Holds(one, value)),
            _ => !Holds(rule.Value, value),
        });
    }

    private static JsonNode? Schema(Random random, int depth)
    {
        if (random.Next(12) == 0) return JsonValue.Create(random.Next(4) > 0);
        var schema = new JsonObject();
        for (var rules = random.Next(0, 3); rules > 0; rules--)
        {
            var (name, rule) = random.Next(depth > 0 ? 12 : 5) switch
            {
                0 => ("type", (JsonNode?)((string[])["string", "integer", "array", "object", "null"])[random.Next(5)]),
                1 => ("enum", new JsonArray(Value(random, 1), Value(random, 1), Value(random, 0))),
                2 => ("minimum", (double)random.Next(3)),
                3 => ("maxLength", (double)random.Next(2)),
                4 => ("required", new JsonArray("a")),
                5 => ("minItems", (double)random.Next(3)),
                6 => ("items", Schema(random, depth - 1)),
                7 => ("properties", new JsonObject { ["a"] = Schema(random, depth - 1) }),
                8 => ("additionalProperties", Schema(random, depth - 1)),
                9 => ("not", Schema(random, depth - 1)),
                10 => (((string[])["anyOf", "oneOf"])[random.Next(2)], new JsonArray(Schema(random, depth - 1), Schema(random, depth - 1))),
                _ => ("allOf", new JsonArray(Schema(random, depth - 1))),
            };
            schema[name] = rule;
        }
        return schema;
    }

    private static JsonNode? Value(Random random, int depth) => random.Next(depth > 0 ? 6 : 4) switch
    {
        0 => null,
        1 => JsonValue.Create(((string[])["", "a", "bb"])[random.Next(3)]),
        2 => JsonValue.Create((double)random.Next(4)),
        3 => JsonValue.Create(random.Next(3) + 0.5),
        4 => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => Value(random, depth - 1))]),
        _ => new JsonObject(((string[])["a", "b"]).Where(_ => random.Next(2) == 0).Select(name => KeyValuePair.Create(name, Value(random, depth - 1)))),
    };

    private static string Text(JsonNode? value) => value?.ToJsonString() ?? "null";
}
