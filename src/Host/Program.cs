using ClusterNet.Host.CommandLine;

return await Verbs.Run(args);
