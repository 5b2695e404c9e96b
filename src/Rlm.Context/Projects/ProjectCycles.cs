using Rlm.Context.Files;

namespace Rlm.Context.Projects;

/// <summary>Finds projects that use each other in a circle (Tarjan's strongly connected components, without recursion).</summary>
internal static class ProjectCycles
{
    /// <summary>Each circle once, its projects by path. Solutions and workspaces name projects and are no part of one.</summary>
    public static IReadOnlyList<IReadOnlyList<Project>> Of(IReadOnlyList<Project> projects)
    {
        var places = projects.Index().ToDictionary(item => item.Item.Path, item => item.Index);
        var next = projects.Select(project => project.OwnsFiles ? project.References.Where(link => link.Path is not null && places.ContainsKey(link.Path.Value)).Select(link => places[link.Path!.Value]).ToArray() : []).ToArray();
        var run = new Run(next);
        for (var at = 0; at < projects.Count; at++) run.Visit(at);
        return [.. run.Found.Select(circle => (IReadOnlyList<Project>)[.. circle.Select(at => projects[at]).OrderBy(project => project.Path)])];
    }

    private sealed class Run(int[][] next)
    {
        private readonly int[] _number = new int[next.Length], _lowest = new int[next.Length];
        private readonly bool[] _isOpen = new bool[next.Length];
        private readonly Stack<int> _open = new();
        private int _count;

        public List<List<int>> Found { get; } = [];

        public void Visit(int start)
        {
            if (_number[start] > 0) return;
            var path = new Stack<(int Node, int Edge)>();
            Enter(start);
            path.Push((start, 0));
            while (path.TryPop(out var step))
            {
                if (step.Edge > 0) _lowest[step.Node] = Math.Min(_lowest[step.Node], _lowest[next[step.Node][step.Edge - 1]] is var below && _isOpen[next[step.Node][step.Edge - 1]] ? below : int.MaxValue);
                if (step.Edge == next[step.Node].Length)
                {
                    Leave(step.Node);
                    continue;
                }
                path.Push((step.Node, step.Edge + 1));
                var to = next[step.Node][step.Edge];
                if (_number[to] > 0) continue;
                Enter(to);
                path.Push((to, 0));
            }
        }

        private void Enter(int node)
        {
            _number[node] = _lowest[node] = ++_count;
            _open.Push(node);
            _isOpen[node] = true;
        }

        private void Leave(int node)
        {
            if (_lowest[node] != _number[node]) return;
            var circle = new List<int>();
            int member;
            do
            {
                member = _open.Pop();
                _isOpen[member] = false;
                circle.Add(member);
            }
            while (member != node);
            if (circle.Count > 1) Found.Add(circle);
        }
    }
}
