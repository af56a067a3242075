namespace JobServer.RunnerAgent.Workspaces;

/// <summary>Which names are in use, by how many.</summary>
internal sealed class Holds
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <returns>To be disposed of when it is not used any more.</returns>
    public IDisposable Take(string name)
    {
        lock (_lock)
        {
            _counts[name] = _counts.GetValueOrDefault(name) + 1;
        }

        return new Hold(this, name);
    }

    /// <summary>Does something with each name that nobody holds; until it is done nobody takes one.</summary>
    public void Unheld(IEnumerable<string> names, Action<string> act)
    {
        lock (_lock)
        {
            foreach (var name in names.Where(name => !_counts.ContainsKey(name)))
                act(name);
        }
    }

    private void Release(string name)
    {
        lock (_lock)
        {
            if (--_counts[name] == 0)
                _counts.Remove(name);
        }
    }

    private sealed class Hold(Holds holds, string name) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            if (_isOver)
                return;

            _isOver = true;
            holds.Release(name);
        }
    }
}
