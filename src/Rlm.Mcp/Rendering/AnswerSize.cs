using System.Text;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>
/// How long an answer may get. A token counts as four UTF-8 bytes. Text also stays under 40,000 characters whatever the budget, since clients cut longer results.
/// </summary>
internal sealed class AnswerSize
{
    public const int DefaultTokens = 6_000, LeastTokens = 200, MostTokens = 20_000, SoftCapCharacters = 40_000;

    private AnswerSize(long limit) => Limit = limit;

    /// <summary>Most UTF-8 bytes of the whole answer; <see cref="long.MaxValue"/> when there is no budget.</summary>
    public long Limit { get; }

    /// <summary>The same in tokens.</summary>
    public long Tokens => Limit / 4;

    public bool IsUnlimited => Limit == long.MaxValue;

    /// <exception cref="ToolException">The budget is out of range.</exception>
    public static AnswerSize Of(ToolArguments arguments, ToolContext context)
    {
        var tokens = arguments.Integer("budget", LeastTokens, MostTokens);
        if (context.Json) return new(tokens is null && context.IsCommandLine ? long.MaxValue : 4L * (tokens ?? DefaultTokens));
        return new(Math.Min(4L * (tokens ?? DefaultTokens), SoftCapCharacters));
    }

    public static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);

    public static int Bytes(StringBuilder text)
    {
        var sum = 0;
        foreach (var chunk in text.GetChunks()) sum += Encoding.UTF8.GetByteCount(chunk.Span);
        return sum;
    }
}
