using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Slices;

namespace Rlm.Context.Relations;

/// <summary>
/// Who touches what: identifiers in code, with the role that they play, in every language. C# is bound behind that (<see cref="ExactSites"/>), without a build; elsewhere uses of
/// different symbols of one name cannot be told apart, and the answer says how many there are. What was not looked at before the deadline is counted.
/// <code>
/// var query = new RelationQuery(["Pump.Start"], Relation.Callers, Depth: 2, TimeSpan.FromSeconds(1), ScopeResolver.All(snapshot));
/// var result = RelationSearch.Run(store, snapshot, query, cancellationToken);
/// </code>
/// </summary>
public sealed class RelationSearch
{
    private readonly RelationQuery _query;
    private readonly IReadOnlyList<RelationSubject> _subjects;
    private readonly UseScan _scan;
    private readonly Enclosers _enclosers;
    private readonly NameResolver _resolver;
    private readonly HashSet<string> _shortAttributes;
    private readonly SearchParts _parts;
    private readonly ExactSites _exact;
    private readonly ExactKin _kin;
    private readonly ExactTargets _targets;

    private RelationSearch(ContextStore store, Snapshot snapshot, RelationQuery query, IReadOnlyList<RelationSubject> subjects, Deadline deadline, CancellationToken cancellationToken)
    {
        (_query, _subjects) = (query, subjects);
        var typeNames = subjects.Where(subject => subject.Declared.Any(symbol => symbol.Symbol.IsType)).Select(subject => subject.Name).ToHashSet(StringComparer.Ordinal);
        _shortAttributes = [.. typeNames.Where(name => name.Length > 9 && name.EndsWith("Attribute", StringComparison.Ordinal)).Select(name => name[..^9])];
        _scan = new(store, query.Scope, typeNames, deadline, cancellationToken);
        _enclosers = new(store, deadline, cancellationToken);
        _resolver = new(store, snapshot, deadline, cancellationToken);
        _parts = new(store, query, typeNames, _scan, _enclosers, _resolver, deadline, cancellationToken);
        (_exact, _kin, _targets) = (new(_parts, snapshot), new(_parts, snapshot), new(_parts, snapshot));
    }

    /// <summary>Finds the subjects and their sites. Time: up to the deadline, and what finding the declarations takes.</summary>
    /// <exception cref="ContextException">A subject is a file, has no name, or neither is declared nor stands anywhere.</exception>
    public static RelationResult Run(ContextStore store, Snapshot snapshot, RelationQuery query, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(store.Options.Time, query.Deadline);
        var finder = new SubjectFinder(store, snapshot, deadline, cancellationToken);
        var subjects = query.Symbols.Select(finder.Find).ToArray();
        var result = new RelationSearch(store, snapshot, query, subjects, deadline, cancellationToken).Run();
        if (result.Total == 0 && result.Mentions == 0 && !result.IsCut && subjects.FirstOrDefault(subject => subject.Unknown is not null) is { Unknown: { } unknown }) throw unknown;
        return result;
    }

    private RelationResult Run()
    {
        var sites = _query.Relation switch
        {
            Relation.Callers or Relation.Tests => new UpwardSteps(_parts, _exact).Find(_subjects),
            Relation.Derived => _kin.Bound(new UpwardSteps(_parts, null).Find(_subjects), Declared),
            Relation.Callees => new CalleeSteps(_parts, _targets).Find(_subjects),
            Relation.Base => Bases(),
            Relation.Implementations or Relation.Overrides => _kin.Bound(new MemberSteps(_parts).Find(_subjects), Declared),
            _ => Direct(),
        };
        return new(_subjects, [.. sites.Where(site => _query.Scope.Holds(site.Path, new(site.Line, site.Line))).DistinctBy(site => (site.Path, site.Line, site.Column)).OrderBy(site => site.Order)])
        {
            MentionLines = _scan.Mentions, Unread = [.. _scan.Unread.OrderBy(file => file.File.Path)], FilesUnseen = _scan.Unseen,
            Others = _exact.Others + _kin.Others, IsBindingLate = _parts.IsBindingLate,
            StepsLeft = _parts.StepsLeft + _enclosers.Left + _resolver.Left + Undeclared, Notes = [.. _parts.Notes, .. Notes()],
        };
    }

    // Names in base lists are bound where they stand; members are declarations.
    private List<RelationSite> Bases()
    {
        var sites = new BaseSteps(_parts, _targets).Find(_subjects).ToLookup(site => site.TargetCount < 0);
        return [.. sites[false], .. _kin.Bound([.. sites[true]], Declared)];
    }

    private FoundSymbol[] Declared => [.. _subjects.SelectMany(subject => subject.Declared)];

    private IEnumerable<RelationSite> Direct()
    {
        var sites = _scan.Find(_subjects.Select(subject => subject.Name).Where(name => name.Length > 0).Distinct(), 1);
        // [Obsolete] means ObsoleteAttribute.
        if (_query.Relation == Relation.References && _shortAttributes.Count > 0) sites.AddRange(_scan.Find(_shortAttributes, 1).Where(site => site.Kind == SiteKinds.Attribute));
        return _exact.Bound(sites, Declared, 1).Where(site => Fits(site, _query.Relation));
    }

    internal static bool Fits(RelationSite site, Relation relation) => site.Kind == SiteKinds.Unknown || relation switch
    {
        Relation.Reads => site.Kind == SiteKinds.Read || site.AlsoReads,
        Relation.Writes => site.Kind == SiteKinds.Write,
        Relation.Constructs => site.Kind == SiteKinds.Construct,
        _ => true,
    };

    // What starts at declarations found nothing where these could not be looked for in time.
    private int Undeclared => _query.Relation is Relation.Callees or Relation.Base or Relation.Implementations or Relation.Overrides ? _subjects.Count(subject => subject.Note is not null) : 0;

    private static bool IgnoresCase(string language) => language is "vb" or "sql" or "pascal" or "fortran" or "ada" or "vhdl" or "batch" or "powershell" or "cmake" or "php";

    private IEnumerable<string> Notes()
    {
        if (_subjects.SelectMany(subject => subject.Declared).Select(symbol => Languages.OfFileName(symbol.Path.Name)).FirstOrDefault(IgnoresCase) is { } language)
            yield return $"{language} does not tell case apart; names are looked for in the case of their declaration";
        if (_scan.Faults > 0) yield return $"{_scan.Faults:N0} file{(_scan.Faults == 1 ? "" : "s")} could not be read";
    }
}
