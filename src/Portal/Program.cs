using JobServer.Portal;

var builder = PortalHost.CreateBuilder(args);
PortalHost.Add(builder);
await using var app = builder.Build();
PortalHost.Map(app);
await app.RunAsync();
