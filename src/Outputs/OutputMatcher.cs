namespace JobServer.Outputs;

/// <summary>Finds the files of a directory that patterns name. Links are never followed.</summary>
public static class OutputMatcher
{
    /// <param name="root">The working directory; nothing outside it is looked at.</param>
    /// <param name="pattern">What to look for.</param>
    /// <param name="maxFiles">More than this is an <see cref="InvalidDataException"/>.</param>
    /// <returns>Relative paths of regular files, ordered by ordinal comparison.</returns>
    public static IReadOnlyList<string> Match(string root, OutputPattern pattern, int maxFiles)
    {
        var found = new List<string>();
        Walk(root, "", pattern, 0, maxFiles, found);
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static void Walk(string directory, string prefix, OutputPattern pattern, int depth, int maxFiles, List<string> found)
    {
        var segment = pattern.Segments[depth];
        var last = depth == pattern.Segments.Count - 1;
        foreach (var name in Candidates(directory, segment))
        {
            var full = Path.Join(directory, name);
            var kind = FileKinds.Of(full);
            if (last && kind == FileKind.Regular)
            {
                // A name that could not travel safely is not an output, even if a pattern covers it.
                if (!WorkspacePath.IsValid(prefix + name))
                    continue;
                if (found.Count == maxFiles)
                    throw new InvalidDataException($"The pattern {pattern.Text} matches more than {maxFiles} files.");

                found.Add(prefix + name);
            }
            else if (!last && kind == FileKind.Directory)
            {
                Walk(full, $"{prefix}{name}/", pattern, depth + 1, maxFiles, found);
            }
        }
    }

    private static IEnumerable<string> Candidates(string directory, string segment)
    {
        if (!segment.Contains('*', StringComparison.Ordinal))
            return [segment];

        return new DirectoryInfo(directory)
            .EnumerateFileSystemInfos("*", Everything)
            .Select(entry => entry.Name)
            .Where(name => SegmentGlob.IsMatch(segment, name));
    }

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };
}
