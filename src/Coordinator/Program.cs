using JobServer.Coordinator;

var app = CoordinatorHost.Create(args);
await app.RunAsync();
