using Xunit;

namespace JobServer.Domain.Tests.Pipelines;

/// <summary>Tests that measure time and want no other test beside them.</summary>
[CollectionDefinition(nameof(AloneCollection), DisableParallelization = true)]
public sealed class AloneCollection;
