using Spectre.Console;
using Spectre.Console.Rendering;

namespace Rlm.Mcp.Commands.Terminal;

/// <summary>The terminal as Spectre.Console sees it: its width and height, and whether it takes colours (<c>NO_COLOR</c>: none).</summary>
internal static class TerminalConsole
{
    private const int UsualWidth = 100;

    /// <summary>Writes to stderr.</summary>
    public static IAnsiConsole OnError(Func<string, string?> variable) => AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error), ColorSystem = Colors(variable) });

    /// <summary>What it looks like on stdout's terminal, for <see cref="Output.WriteStyled"/>. What is shown has to be escaped already (<see cref="TerminalText"/>).</summary>
    public static string Draw(IRenderable what, Func<string, string?> variable)
    {
        var isPlain = variable("TERM") is null or "" or "dumb" && !OperatingSystem.IsWindows();
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(writer), Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Yes, ColorSystem = isPlain ? ColorSystemSupport.NoColors : Colors(variable), Interactive = InteractionSupport.No });
        console.Profile.Width = Width(variable);
        console.Write(what);
        return writer.ToString();
    }

    private static ColorSystemSupport Colors(Func<string, string?> variable) => string.IsNullOrEmpty(variable("NO_COLOR")) ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors;

    /// <summary>Cells of a line of the terminal: <c>COLUMNS</c> where it is set, else what the terminal tells, else 100.</summary>
    public static int Width(Func<string, string?> variable)
    {
        if (int.TryParse(variable("COLUMNS"), out var told) && told is >= 20 and <= 1_000) return told;
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : UsualWidth;
        }
        catch (IOException)
        {
            return UsualWidth;
        }
    }
}
