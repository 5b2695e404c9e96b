using System.Text;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Syntax;

/// <summary>An f-string.</summary>
internal sealed class FormatExpr(IReadOnlyList<FormatField> parts, int line) : Expr(line)
{
    public override void Declare(Scope scope)
    {
        foreach (var part in parts)
        {
            part.Value?.Declare(scope);
            part.Format?.Declare(scope);
        }
    }

    public override object Eval(Frame frame)
    {
        var machine = frame.Machine;
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            if (part.Value is null)
            {
                text.Append(part.Text);
                continue;
            }
            var value = part.Value.Eval(frame);
            frame.Line = Line;
            value = part.Conversion switch { 'r' => Writing.Repr(machine, value), 's' => Writing.Str(machine, value), 'a' => Writing.Ascii(machine, value), _ => value };
            text.Append(Formatting.Format(machine, value, part.Format is null ? "" : (string)part.Format.Eval(frame)));
        }
        machine.ChargeText(text.Length);
        return text.ToString();
    }
}
