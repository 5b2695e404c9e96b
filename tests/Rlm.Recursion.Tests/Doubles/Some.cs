using System.Text.Json;

namespace Rlm.Recursion.Tests.Doubles;

/// <summary>Small values.</summary>
public static class Some
{
    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();
}
