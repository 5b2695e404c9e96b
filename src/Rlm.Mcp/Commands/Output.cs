using System.Text;

namespace Rlm.Mcp.Commands;

/// <summary>
/// The one way to write to a standard stream. A terminal gets control characters escaped, since repository text may be hostile;
/// a file or pipe gets the text as it is, in UTF-8. A reader that went away (<c>| head</c>) is no error: the rest is dropped.
/// </summary>
internal sealed class Output(Stream stream, bool isTerminal) : IDisposable
{
    private bool _closed;

    /// <summary>True when a person looks at it.</summary>
    public bool IsTerminal { get; } = isTerminal;

    public void Write(string text)
    {
        if (_closed) return;
        try
        {
            stream.Write(Encoding.UTF8.GetBytes(IsTerminal ? TerminalText.Escape(text) : text));
            stream.Flush();
        }
        catch (IOException)
        {
            _closed = true;
        }
    }

    /// <summary>Writes the text and makes sure that it ends with exactly the newline it has or needs.</summary>
    public void WriteLine(string text) => Write(text.EndsWith('\n') ? text : text + "\n");

    public void Dispose() => stream.Dispose();
}
