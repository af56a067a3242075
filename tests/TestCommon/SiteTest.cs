using Xunit;

namespace JobServer.TestCommon;

/// <summary>A test class whose every test has a site of its own.</summary>
public abstract class SiteTest : IAsyncLifetime
{
    protected TestSite Site { get; private set; } = null!;

    protected static CancellationToken None => CancellationToken.None;

    public virtual async Task InitializeAsync() => Site = await TestSite.CreateAsync();

    public virtual async Task DisposeAsync() => await Site.DisposeAsync();
}
