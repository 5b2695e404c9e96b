using Rlm.Recursion.Programs.Language.Modules;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary><c>import module as name</c>, or with members <c>from module import member as name</c>.</summary>
internal sealed class ImportStmt(string module, string? member, NameExpr target, int line) : Stmt(line)
{
    public override void Declare(Scope scope) => target.DeclareStore(scope);

    public override Flow Run(Frame frame)
    {
        var found = HostModules.Find(module) ?? throw Refuse.Here(Refusals.Import, module);
        if (member is null) target.Store(frame, found);
        else target.Store(frame, found.Members.GetValueOrDefault(member) ?? throw Refuse.Here(Refusals.Import, $"{module}.{member}"));
        return Flow.Next;
    }
}
