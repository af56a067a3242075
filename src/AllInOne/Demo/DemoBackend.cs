using JobServer.Domain.Backends;

namespace JobServer.AllInOne.Demo;

internal sealed record DemoBackend(string Slug, string Name, ReleasePolicy Policy);
