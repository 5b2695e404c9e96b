using System.Text;
using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>The replacement of <c>sub</c>: texts and group numbers.</summary>
internal sealed class RegexTemplate
{
    private readonly List<(string Text, int Group)> _parts = [];

    public static RegexTemplate Read(PyPattern pattern, string template)
    {
        var made = new RegexTemplate();
        var text = new StringBuilder();
        for (var at = 0; at < template.Length; at++)
        {
            if (template[at] != '\\')
            {
                text.Append(template[at]);
                continue;
            }
            if (++at >= template.Length) throw Raise.Error("re.error", $"bad escape (end of pattern) at position {at - 1}");
            var mark = template[at];
            if (mark == 'g') made.Group(pattern, template, text, ref at);
            else if (mark is >= '1' and <= '9') made.Number(pattern, template, text, ref at);
            else if (mark == '0')
            {
                var code = 0;
                for (var digits = 0; digits < 2 && at + 1 < template.Length && template[at + 1] is >= '0' and <= '7'; digits++) code = code * 8 + template[++at] - '0';
                text.Append((char)code);
            }
            else if ("abfnrtv".IndexOf(mark, StringComparison.Ordinal) is >= 0 and var place) text.Append("\a\b\f\n\r\t\v"[place]);
            else if (char.IsAsciiLetter(mark)) throw Raise.Error("re.error", $"bad escape \\{mark} at position {at - 1}");
            else if (mark == '\\') text.Append(mark);
            else text.Append('\\').Append(mark);
        }
        made._parts.Add((text.ToString(), -1));
        return made;
    }

    public string Expand(Machine machine, PyMatch match)
    {
        machine.Tick();
        if (_parts.Count == 1) return _parts[0].Text;
        var made = new StringBuilder();
        foreach (var (text, group) in _parts) made.Append(group < 0 ? text : match.Text(group) as string ?? "");
        return made.ToString();
    }

    private void Number(PyPattern pattern, string template, StringBuilder text, ref int at)
    {
        var start = at;
        var number = template[at] - '0';
        if (at + 1 < template.Length && char.IsAsciiDigit(template[at + 1]))
        {
            if (at + 2 < template.Length && template[at] is <= '3' && template[at + 1] is <= '7' && template[at + 2] is >= '0' and <= '7')
            {
                text.Append((char)((template[at] - '0') * 64 + (template[at + 1] - '0') * 8 + template[at + 2] - '0'));
                at += 2;
                return;
            }
            number = number * 10 + template[++at] - '0';
        }
        Add(pattern, text, number, start);
    }

    private void Group(PyPattern pattern, string template, StringBuilder text, ref int at)
    {
        var end = template.IndexOf('>', at);
        if (at + 1 >= template.Length || template[at + 1] != '<') throw Raise.Error("re.error", $"missing < at position {at + 1}");
        if (end < 0) throw Raise.Error("re.error", $"missing >, unterminated name at position {at + 2}");
        var name = template[(at + 2)..end];
        if (name.Length == 0) throw Raise.Error("re.error", $"missing group name at position {at + 2}");
        if (name.All(char.IsAsciiDigit)) Add(pattern, text, name.Length < 6 ? int.Parse(name, System.Globalization.CultureInfo.InvariantCulture) : int.MaxValue, at + 2);
        else
        {
            if (!StrTests.IsIdentifier(name)) throw Raise.Error("re.error", $"bad character in group name {Writing.Quoted(name)} at position {at + 2}");
            if (!pattern.Groups.Contains(name)) throw Raise.Index($"unknown group name {Writing.Quoted(name)}");
            Add(pattern, text, pattern.GroupNumber(name), at + 2);
        }
        at = end;
    }

    private void Add(PyPattern pattern, StringBuilder text, int group, int at)
    {
        if (group > pattern.Groups.Count) throw Raise.Error("re.error", $"invalid group reference {group} at position {at}");
        _parts.Add((text.ToString(), -1));
        _parts.Add(("", group));
        text.Clear();
    }
}
