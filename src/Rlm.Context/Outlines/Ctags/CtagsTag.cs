using System.Text.Json;
using Rlm.Context.Outlines.Providers;

namespace Rlm.Context.Outlines.Ctags;

/// <summary>One line of ctags' answers.</summary>
/// <param name="IsEnd">The text is done; everything else is empty.</param>
/// <param name="Name">The tag's name.</param>
/// <param name="Kind">ctags' word for its kind; empty for lines that are no tags.</param>
/// <param name="Scope">What it stands in, as ctags writes it; empty at the top.</param>
/// <param name="Line">Line of its name, from 1.</param>
/// <param name="End">Its last line; 0 when ctags does not know.</param>
internal readonly record struct CtagsTag(bool IsEnd, string Name, string Kind, string Scope, int Line, int End)
{
    /// <summary>Reads a line.</summary>
    /// <exception cref="ProviderFaultException">It is none of ctags'.</exception>
    public static CtagsTag Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            return Read(ref reader);
        }
        catch (Exception garbage) when (garbage is JsonException or InvalidOperationException or FormatException)
        {
            throw new ProviderFaultException("garbage");
        }
    }

    private static CtagsTag Read(ref Utf8JsonReader reader)
    {
        var tag = default(CtagsTag) with { Name = "", Kind = "", Scope = "" };
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            reader.Read();
            tag = (name, reader.TokenType) switch
            {
                ("_type", JsonTokenType.String) when reader.ValueTextEquals("completed") => tag with { IsEnd = true },
                ("_type", JsonTokenType.String) when reader.ValueTextEquals("error") => throw new ProviderFaultException("crashed"),
                ("name", JsonTokenType.String) => tag with { Name = reader.GetString()! },
                ("kind", JsonTokenType.String) => tag with { Kind = reader.GetString()! },
                ("scope", JsonTokenType.String) => tag with { Scope = reader.GetString()! },
                ("line", JsonTokenType.Number) => tag with { Line = reader.GetInt32() },
                ("end", JsonTokenType.Number) => tag with { End = reader.GetInt32() },
                _ => tag,
            };
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) reader.Skip();
        }
        return tag;
    }
}
