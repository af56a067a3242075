namespace JobServer.EndToEnd.Tests;

[CollectionDefinition(nameof(AllInOneCollection))]
public sealed class AllInOneCollection : ICollectionFixture<AllInOneFixture>, ICollectionFixture<BrowserFixture>;
