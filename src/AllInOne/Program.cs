using JobServer.AllInOne;

return await CommandLine.Parse(args).InvokeAsync();
