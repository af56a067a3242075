using JobServer.Portal;
using JobServer.Portal.Commands;

if (PortalCommand.IsCommand(args))
{
    return await PortalCommand.RunAsync(args, Console.Out, Console.Error);
}

var builder = PortalHost.CreateBuilder(args);
PortalHost.Add(builder);
await using var app = builder.Build();
PortalHost.Map(app);
await app.RunAsync();
return PortalCommand.Done;
