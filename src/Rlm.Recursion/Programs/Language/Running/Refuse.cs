namespace Rlm.Recursion.Programs.Language.Running;

/// <summary>Makes refusals to be thrown.</summary>
internal static class Refuse
{
    public static RefusalException Syntax(Refusal refusal, int line, string? detail = null) => new(refusal, detail, line, isSyntax: true);

    public static RefusalException Here(Refusal refusal, string? detail = null) => new(refusal, detail, 0, isSyntax: false);
}
