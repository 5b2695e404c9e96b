using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rlm.Recursion.Running.Checking;

/// <summary>Checks one value, in a bounded number of steps.</summary>
internal sealed class ShapeCheck(int steps)
{
    private int _left = steps;

    /// <summary>The first breach; null for none.</summary>
    public string? Breach(ShapeRules rules, JsonElement value, string at)
    {
        if (--_left < 0) return "the value is too large to check";
        if (rules.IsNever) return $"{at} is not allowed";
        if (rules.Types is { } types && !types.Any(type => IsOf(type, value))) return $"{at} must be {string.Join(" or ", types)}";
        if (rules.OneOfValues is { } values && !values.Any(allowed => JsonElement.DeepEquals(allowed, value))) return $"{at} must be {Listed(values)}";
        return OfKind(rules, value, at) ?? Combined(rules, value, at);
    }

    private string? OfKind(ShapeRules rules, JsonElement value, string at) => value.ValueKind switch
    {
        JsonValueKind.Object => OfObject(rules, value, at),
        JsonValueKind.Array => OfArray(rules, value, at),
        JsonValueKind.String => OfText(rules, value.GetString()!, at),
        JsonValueKind.Number => OfNumber(rules, value.GetDouble(), at),
        _ => null,
    };

    private string? OfObject(ShapeRules rules, JsonElement value, string at)
    {
        if (rules.Required.FirstOrDefault(name => !value.TryGetProperty(name, out _)) is { } missing) return $"{at}.{missing} is missing";
        var count = 0;
        foreach (var property in value.EnumerateObject())
        {
            count++;
            var inner = rules.Properties.TryGetValue(property.Name, out var known) ? known : rules.OtherProperties;
            if (inner is not null && Breach(inner, property.Value, $"{at}.{Shown(property.Name)}") is { } breach) return breach;
        }
        return Limited(rules, count, "minProperties", "maxProperties", at, "properties");
    }

    private string? OfArray(ShapeRules rules, JsonElement value, string at)
    {
        var index = 0;
        if (rules.Items is { } items)
            foreach (var item in value.EnumerateArray())
                if (Breach(items, item, $"{at}[{index++}]") is { } breach) return breach;
        if (rules.HasUniqueItems && !AreUnique(value)) return $"{at} must hold nothing twice";
        return Limited(rules, value.GetArrayLength(), "minItems", "maxItems", at, "items");
    }

    private static string? OfText(ShapeRules rules, string value, string at)
    {
        if (Limited(rules, value.EnumerateRunes().Count(), "minLength", "maxLength", at, "characters") is { } breach) return breach;
        try
        {
            return rules.Pattern is { } pattern && !pattern.IsMatch(value) ? $"{at} must match {pattern}" : null;
        }
        catch (RegexMatchTimeoutException)
        {
            return $"{at} takes too long to match";
        }
    }

    private static string? OfNumber(ShapeRules rules, double value, string at)
    {
        bool Has(string name, out double limit) => rules.Limits.TryGetValue(name, out limit);
        if (Has("minimum", out var low) && value < low) return string.Create(CultureInfo.InvariantCulture, $"{at} must be at least {low}");
        if (Has("maximum", out var high) && value > high) return string.Create(CultureInfo.InvariantCulture, $"{at} must be at most {high}");
        if (Has("exclusiveMinimum", out var above) && value <= above) return string.Create(CultureInfo.InvariantCulture, $"{at} must be above {above}");
        if (Has("exclusiveMaximum", out var below) && value >= below) return string.Create(CultureInfo.InvariantCulture, $"{at} must be below {below}");
        return null;
    }

    private string? Combined(ShapeRules rules, JsonElement value, string at)
    {
        foreach (var all in rules.AllOf)
            if (Breach(all, value, at) is { } breach) return breach;
        if (rules.AnyOf is { } any && !any.Any(one => Breach(one, value, at) is null)) return $"{at} fits none of anyOf";
        if (rules.OneOf is { } one && one.Count(each => Breach(each, value, at) is null) is var fits && fits != 1) return $"{at} must fit one of oneOf, and fits {fits}";
        if (rules.Not is { } not && Breach(not, value, at) is null) return $"{at} is what it must not be";
        return _left < 0 ? "the value is too large to check" : null;
    }

    private static string? Limited(ShapeRules rules, int count, string least, string most, string at, string what)
    {
        if (rules.Limits.TryGetValue(least, out var low) && count < low) return string.Create(CultureInfo.InvariantCulture, $"{at} must have at least {low} {what}");
        if (rules.Limits.TryGetValue(most, out var high) && count > high) return string.Create(CultureInfo.InvariantCulture, $"{at} must have at most {high} {what}");
        return null;
    }

    // Equal items have equal keys, so only those are compared with one another.
    private bool AreUnique(JsonElement value)
    {
        var seen = new Dictionary<string, List<JsonElement>>();
        foreach (var item in value.EnumerateArray())
        {
            var key = item.ValueKind is JsonValueKind.String ? "s" + item.GetString() : item.ValueKind.ToString();
            if (!seen.TryGetValue(key, out var alike)) seen[key] = alike = [];
            if ((_left -= alike.Count) < 0 || alike.Any(other => JsonElement.DeepEquals(other, item))) return false;
            alike.Add(item);
        }
        return true;
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind is JsonValueKind.Object,
        "array" => value.ValueKind is JsonValueKind.Array,
        "string" => value.ValueKind is JsonValueKind.String,
        "number" => value.ValueKind is JsonValueKind.Number,
        "integer" => value.ValueKind is JsonValueKind.Number && double.IsInteger(value.GetDouble()),
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind is JsonValueKind.Null,
    };

    private static string Listed(IReadOnlyList<JsonElement> values)
    {
        var listed = string.Join(", ", values.Select(value => value.GetRawText()));
        return listed.Length <= 400 ? (values.Count == 1 ? listed : "one of " + listed) : string.Create(CultureInfo.InvariantCulture, $"one of {values.Count} values");
    }

    // Names in a value come from a model: they are shown short and without what could break a line.
    private static string Shown(string name) => string.Concat(name.EnumerateRunes().Take(40).Select(rune => Rune.IsControl(rune) ? "?" : rune.ToString()));
}
