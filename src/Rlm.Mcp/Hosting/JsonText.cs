using System.Text.Json;
using System.Text.Unicode;

namespace Rlm.Mcp.Hosting;

/// <summary>
/// Checks the bytes of one message before anything is built from them. The serializer validates strings only when they are read, which would
/// surface deep inside a handler; here every string is known to be Unicode and every brace to be closed.
/// </summary>
internal static class JsonText
{
    /// <summary>Levels of objects and arrays that a message may have.</summary>
    public const int MaxDepth = 64;

    /// <summary>What is wrong with it, in words for the sender; null when it is one well-formed JSON value.</summary>
    public static string? Fault(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text)) return "The message is not valid UTF-8.";
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = int.MaxValue });
            while (reader.Read())
            {
                if (reader.CurrentDepth >= MaxDepth && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    return $"The message is nested deeper than {MaxDepth} levels.";
                if (reader.ValueIsEscaped && HasLoneSurrogate(ref reader)) return "The message has half a surrogate pair in a string.";
            }
            return null;
        }
        catch (JsonException)
        {
            return "The message is not valid JSON.";
        }
    }

    private static bool HasLoneSurrogate(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.IndexOf("\\u"u8) < 0) return false;
        try
        {
            _ = reader.GetString();
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }
}
