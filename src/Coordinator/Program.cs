using JobServer.Coordinator;
using JobServer.Coordinator.Commands;

if (CoordinatorCommand.IsCommand(args))
{
    return await CoordinatorCommand.RunAsync(args, Console.Out, Console.Error);
}

var app = CoordinatorHost.Create(args);
await app.RunAsync();
return CommandStatus.Done;
