using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace JobServer.Domain.Pipelines.Yaml;

/// <summary>The library's scanner, except that looking at the next token twice gives the same token: its parser looks
/// twice after an anchored value in brackets, and would lose the comma. At the end it looks for what may not be there.</summary>
internal sealed class SteadyScanner(IScanner scanner) : IScanner
{
    public Mark CurrentPosition => scanner.CurrentPosition;

    public Token? Current => scanner.Current;

    public bool MoveNext() => scanner.MoveNext();

    public bool MoveNextWithoutConsuming() => scanner.Current is not null and not StreamEnd || scanner.MoveNextWithoutConsuming();

    public void ConsumeCurrent() => scanner.ConsumeCurrent();
}
