using System.Text;

namespace Rlm.Mcp.Commands;

/// <summary>
/// The one way to write to a standard stream. A terminal gets control characters escaped, since repository text may be hostile;
/// a file or pipe gets the text as it is, in UTF-8. A reader that went away (<c>| head</c>) is no error, which the console's stream sees to;
/// a full disk is.
/// </summary>
internal sealed class Output(Stream stream, bool isTerminal)
{
    /// <summary>True when a person looks at it.</summary>
    public bool IsTerminal { get; } = isTerminal;

    /// <exception cref="IOException">The text could not be written.</exception>
    public void Write(string text)
    {
        stream.Write(Encoding.UTF8.GetBytes(IsTerminal ? TerminalText.Escape(text) : text));
        stream.Flush();
    }

    /// <summary>Writes what was drawn for a terminal: escape sequences of ours, around text that was escaped before.</summary>
    /// <inheritdoc cref="Write"/>
    public void WriteStyled(string drawn)
    {
        stream.Write(Encoding.UTF8.GetBytes(drawn));
        stream.Flush();
    }

    /// <summary>Writes the text with a newline at its end, unless it has one.</summary>
    /// <inheritdoc cref="Write"/>
    public void WriteLine(string text) => Write(text.EndsWith('\n') ? text : text + "\n");
}
